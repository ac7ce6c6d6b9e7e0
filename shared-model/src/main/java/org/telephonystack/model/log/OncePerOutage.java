package org.telephonystack.model.log;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// Tells the first failure of an outage from those that follow. Successes are not seen here: an outage is over when nothing
/// failed for a while.
public final class OncePerOutage {

    private final long quietNanos;
    private final LongSupplier nanoTime;
    private final AtomicLong lastFailure;

    /// @param quiet without failures; then the next one begins a new outage
    /// @param nanoTime as [System#nanoTime()]
    public OncePerOutage(Duration quiet, LongSupplier nanoTime) {
        this.quietNanos = quiet.toNanos();
        this.nanoTime = nanoTime;
        this.lastFailure = new AtomicLong(nanoTime.getAsLong() - quietNanos);
    }

    /// Something failed.
    ///
    /// @return whether an outage begins with it
    public boolean begins() {
        long now = nanoTime.getAsLong();
        return now - lastFailure.getAndSet(now) >= quietNanos;
    }
}
