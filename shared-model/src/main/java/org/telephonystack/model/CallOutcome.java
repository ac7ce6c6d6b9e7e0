package org.telephonystack.model;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.Optional;

/// How a call ended, decided once by action from everything known of it. The closed list that metrics, logs, the database
/// and the recovery policy share.
public enum CallOutcome {
    /// The assistant said goodbye and ended it.
    COMPLETED,
    /// The caller hung up on a working assistant.
    CALLER_HUNG_UP,
    /// Handed to a person, who answered.
    TRANSFERRED,
    /// The caller left a message.
    VOICEMAIL,
    /// Turned away politely: full house, blocked caller, limit reached.
    DECLINED,
    /// The caller gave up before we answered, or before the person did to whom they were being put through.
    ABANDONED,
    /// The voice model died or refused and nothing could take its place.
    MODEL_FAILED,
    /// Twilio could not set the call up, or could not reach us.
    TWILIO_FAILED,
    /// Our own processes lost the call.
    OUR_FAULT,
    /// Over, and nothing known says how.
    UNKNOWN;

    /// Whether the caller was cut off through no wish of their own: such a caller gets the recovery text.
    public boolean isLost() {
        return switch (this) {
            case MODEL_FAILED, TWILIO_FAILED, OUR_FAULT -> true;
            case COMPLETED, CALLER_HUNG_UP, TRANSFERRED, VOICEMAIL, DECLINED, ABANDONED, UNKNOWN ->
                    false;
        };
    }

    /// The word in the database, in metrics and in logs: `caller_hung_up`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<CallOutcome> ofWord(@Nullable String word) {
        return Words.find(values(), CallOutcome::word, word);
    }
}
