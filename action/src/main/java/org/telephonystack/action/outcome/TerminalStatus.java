package org.telephonystack.action.outcome;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// The values of `CallStatus` after which nothing follows. Any other value, also one we have never seen, is not terminal.
public enum TerminalStatus {
    /// Our own word: Twilio was asked and knows no such call.
    NOT_FOUND,
    /// Answered, and over for whatever reason: a broken assistant included.
    COMPLETED,
    BUSY,
    NO_ANSWER,
    FAILED,
    CANCELED;

    /// Twilio's word: `no-answer`.
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<TerminalStatus> ofWord(@Nullable String word) {
        return Arrays.stream(values()).filter(status -> status.word().equals(word)).findFirst();
    }
}
