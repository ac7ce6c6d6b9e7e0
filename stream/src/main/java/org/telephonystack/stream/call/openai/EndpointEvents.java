package org.telephonystack.stream.call.openai;

import java.time.Duration;

/// What happens between this process and the endpoints, beside any single call. On any event loop.
public interface EndpointEvents {

    /// A connection that is open, or one more that did not come to be.
    ///
    /// @param what for which it was made
    void connected(String endpoint, For what, boolean isReady);

    /// Nobody tries this endpoint for a while: it will not work before somebody pays, or mends a key.
    ///
    /// @param code of the provider, or `http_401`
    void latched(String endpoint, String code, Duration length);

    /// A call wanted a model at once.
    ///
    /// @param isWarm it got one that was connected already
    void wanted(boolean isWarm);

    /// A ping to an open connection was answered.
    ///
    /// @param took there and back
    default void pinged(String endpoint, Duration took) {}

    enum For {
        CALL,
        /// A connection failed before this one, in the same call.
        CALL_AGAIN,
        /// The next call.
        NEXT_CALL
    }

    EndpointEvents NONE =
            new EndpointEvents() {
                @Override
                public void connected(String endpoint, For what, boolean isReady) {}

                @Override
                public void latched(String endpoint, String code, Duration length) {}

                @Override
                public void wanted(boolean isWarm) {}
            };
}
