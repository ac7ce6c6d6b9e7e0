package org.telephonystack.frontdoor.call.twilio;

import java.util.Locale;

/// Why a request is turned away. Nothing of it is acted upon.
enum Refusal {
    METHOD(405, "Method Not Allowed"),
    CONTENT_TYPE(415, "Unsupported Media Type"),
    BODY_TOO_LARGE(413, "Content Too Large"),
    BODY_TOO_SLOW(408, "Request Timeout"),
    TOO_MANY_PARAMETERS(413, "Content Too Large"),
    MALFORMED_FORM(400, "Bad Request"),
    SIGNATURE_MISSING(403, "Forbidden"),
    SIGNATURE_WRONG(403, "Forbidden"),
    NO_CALL_SID(400, "Bad Request");

    private final int status;
    private final String text;

    Refusal(int status, String text) {
        this.status = status;
        this.text = text;
    }

    int status() {
        return status;
    }

    /// The body of the answer: the same for all requests of that status, nothing an attacker learns from.
    String text() {
        return text;
    }

    boolean isSecurity() {
        return status == 403;
    }

    /// The word in logs and metrics.
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
