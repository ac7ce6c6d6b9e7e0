package org.telephonystack.action.booking;

import java.time.Duration;

/// A moment on this process's monotonic clock after which nothing may be booked any more: by then the caller has heard that
/// it did not work.
public record Deadline(long nanoTime) {

    /// From now on.
    public static Deadline in(Duration limit) {
        return new Deadline(System.nanoTime() + limit.toNanos());
    }

    public boolean hasPassed() {
        return System.nanoTime() - nanoTime > 0;
    }
}
