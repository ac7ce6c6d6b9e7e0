package org.telephonystack.action.recording;

import java.util.Optional;

/// Twilio's name of a recording. It becomes part of a file's name and of a URL: nothing else gets in.
public record RecordingSid(String value) {

    public RecordingSid {
        if (!value.matches("RE[0-9a-fA-F]{32}")) {
            throw new IllegalArgumentException(
                    "no recording's SID: " + value.length() + " characters");
        }
    }

    public static Optional<RecordingSid> parse(String text) {
        return text.matches("RE[0-9a-fA-F]{32}")
                ? Optional.of(new RecordingSid(text))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
