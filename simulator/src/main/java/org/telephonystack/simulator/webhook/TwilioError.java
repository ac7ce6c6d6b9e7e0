package org.telephonystack.simulator.webhook;

/// What Twilio's debugger complains about, as far as the simulator can find it.
public enum TwilioError {
    HTTP_RETRIEVAL(11200, Level.ERROR),
    CONNECT(11205, Level.ERROR),
    DIAL_CALLER_ID(13214, Level.ERROR),
    HTTP_PROTOCOL(11206, Level.ERROR),
    HOST_NAME(11210, Level.ERROR),
    REDIRECTS(11215, Level.ERROR),
    INVALID_URL(11100, Level.ERROR),
    BODY_TOO_LARGE(11750, Level.ERROR),
    XML_PARSE(12100, Level.ERROR),
    SCHEMA(12200, Level.WARNING),
    CONTENT_TYPE(12300, Level.ERROR),
    STREAM_CONNECT_TIMEOUT(31901, Level.ERROR),
    STREAM_REFUSED(31902, Level.ERROR),
    STREAM_BROKEN_PIPE(31903, Level.ERROR),
    STREAM_TLS(31910, Level.ERROR),
    STREAM_HANDSHAKE(31920, Level.ERROR),
    STREAM_SERVER_CLOSED(31921, Level.WARNING),
    STREAM_SCHEME(31922, Level.ERROR),
    STREAM_URL(31923, Level.ERROR),
    STREAM_PROTOCOL(31924, Level.ERROR),
    STREAM_CONGESTION(31930, Level.WARNING),
    STREAM_BUFFER_FULL(31931, Level.WARNING),
    STREAM_TRACK(31941, Level.ERROR),
    STREAM_BINARY(31950, Level.WARNING),
    STREAM_MESSAGE(31951, Level.WARNING);

    /// How the debugger files it.
    public enum Level {
        ERROR,
        WARNING
    }

    private final int code;
    private final Level level;

    TwilioError(int code, Level level) {
        this.code = code;
        this.level = level;
    }

    public int code() {
        return code;
    }

    public Level level() {
        return level;
    }

    /// One entry of the debugger.
    ///
    /// @param detail what was wrong, for a person
    public record Entry(TwilioError error, String detail) {

        @Override
        public String toString() {
            return error.code + " " + error + ": " + detail;
        }
    }
}
