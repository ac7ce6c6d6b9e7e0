package org.telephonystack.stream.call;

import java.time.Duration;
import java.time.Instant;

/// Time, as far as a call needs it. Tests move it by hand.
public interface CallTime {

    /// Never goes back within one call.
    Instant now();

    /// Runs `task` once on the call's event loop.
    Timer after(Duration delay, Runnable task);

    @FunctionalInterface
    interface Timer {

        /// Without effect when it has run.
        void cancel();
    }
}
