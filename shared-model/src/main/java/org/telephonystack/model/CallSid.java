package org.telephonystack.model;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.regex.Pattern;

/// Twilio's name of a call: `CA` and 32 hex digits.
///
/// Other shapes are let in as long as they are short and plain, because a call must not fail over the look of its
/// name; [CallTrace] copes with them.
public record CallSid(String value) {

    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern CANONICAL = Pattern.compile("CA[0-9a-fA-F]{32}");

    public CallSid {
        if (!PLAIN.matcher(value).matches()) {
            throw new IllegalArgumentException("not a CallSid: " + value.length() + " characters");
        }
    }

    /// Empty for what cannot name a call: null, blank, too long or with characters no CallSid has.
    public static Optional<CallSid> parse(@Nullable String text) {
        return text != null && PLAIN.matcher(text).matches()
                ? Optional.of(new CallSid(text))
                : Optional.empty();
    }

    /// Whether this is Twilio's documented shape.
    public boolean isCanonical() {
        return CANONICAL.matcher(value).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
