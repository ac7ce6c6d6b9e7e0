package org.telephonystack.simulator.phone;

/// Fifty ticks a second by an absolute schedule: a late tick is followed by the missed ones at once, so that nothing drifts.
final class Pacer {

    static final long TICK_NANOS = 20_000_000;

    private final LineClock clock;
    private final Runnable tick;
    private long startNanos;
    private long done;
    private boolean running;

    Pacer(LineClock clock, Runnable tick) {
        this.clock = clock;
        this.tick = tick;
    }

    void start() {
        running = true;
        startNanos = clock.nanos();
        next();
    }

    void stop() {
        running = false;
    }

    private void next() {
        if (!running) {
            return;
        }
        long due = (clock.nanos() - startNanos) / TICK_NANOS;
        while (running && done < due) {
            done++;
            tick.run();
        }
        if (running) {
            clock.after(startNanos + (done + 1) * TICK_NANOS - clock.nanos(), this::next);
        }
    }
}
