package org.telephonystack.model;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.regex.Pattern;

/// Twilio's name of one Media Stream: `MZ` and 32 hex digits; like [CallSid], other plain shapes are let in.
public record StreamSid(String value) {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    public StreamSid {
        if (!PLAIN.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "not a StreamSid: " + value.length() + " characters");
        }
    }

    public static Optional<StreamSid> parse(@Nullable String text) {
        return text != null && PLAIN.matcher(text).matches()
                ? Optional.of(new StreamSid(text))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
