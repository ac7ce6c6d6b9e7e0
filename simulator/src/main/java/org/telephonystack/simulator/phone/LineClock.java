package org.telephonystack.simulator.phone;

import io.vertx.core.Vertx;

/// Time on a telephone line, so that tests can move it by hand.
interface LineClock {

    long nanos();

    /// Runs a task on the call's context, not before this time has passed.
    void after(long nanos, Runnable task);

    /// @param vertx used from the call's context, where its timers then fire
    static LineClock of(Vertx vertx) {
        return new LineClock() {
            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public void after(long nanos, Runnable task) {
                vertx.setTimer(Math.max(1, (nanos + 999_999) / 1_000_000), _ -> task.run());
            }
        };
    }
}
