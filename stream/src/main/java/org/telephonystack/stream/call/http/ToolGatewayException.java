package org.telephonystack.stream.call.http;

import java.util.Locale;

/// A tool call of which nothing is known but that no answer came: it may have been carried out. The caller is promised
/// nothing.
public final class ToolGatewayException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /// What an operator looks at.
    public enum Kind {
        /// No connection, or it broke.
        UNREACHABLE,
        TIMEOUT,
        /// The circuit breaker is open: not even tried.
        BREAKER_OPEN,
        /// 401: the two services hold different secrets.
        UNAUTHORISED,
        /// Another status than 200.
        BAD_STATUS,
        /// 200 with something that is no answer.
        GARBAGE
    }

    private final Kind kind;

    ToolGatewayException(Kind kind, String message) {
        // Frequent while action is away, and the stack says nothing: it carries none.
        super(message, null, false, false);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    public String word() {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
