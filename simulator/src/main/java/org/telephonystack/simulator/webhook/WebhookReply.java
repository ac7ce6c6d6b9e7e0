package org.telephonystack.simulator.webhook;

import java.util.Optional;

/// What came of a request to one of our URLs.
public sealed interface WebhookReply {

    /// @param contentType as sent; empty when the header is missing
    /// @param body decoded as ISO-8859-1, byte for byte: only the reader of TwiML knows its encoding
    record Answered(int status, Optional<String> contentType, String body) implements WebhookReply {

        public boolean isSuccess() {
            return status >= 200 && status < 300;
        }
    }

    record Failed(TwilioError error, String detail) implements WebhookReply {}

    /// The status, or the error code where there was no answer: what a test compares.
    default int code() {
        return switch (this) {
            case Answered answered -> answered.status();
            case Failed failed -> failed.error().code();
        };
    }
}
