package org.telephonystack.stream.call;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Notices a model that says nothing at all although something of it is due: a connection can die without closing. One that
/// says other things, and not what it should, is the [ResponseSlot]'s matter.
final class Pulse {

    private static final int BEATS = 4;

    private final CallTimers timers;
    private final Duration beat;
    private final BooleanSupplier isDue;
    private final BooleanSupplier signOfLife;
    private final Runnable onStalled;
    private boolean running;
    private int missed;

    /// @param limit how long nothing may come
    /// @param isDue whether something is due now
    /// @param signOfLife whether anything came since this was asked last
    Pulse(
            CallTimers timers,
            Duration limit,
            BooleanSupplier isDue,
            BooleanSupplier signOfLife,
            Runnable onStalled) {
        this.timers = timers;
        this.beat = limit.dividedBy(BEATS);
        this.isDue = isDue;
        this.signOfLife = signOfLife;
        this.onStalled = onStalled;
    }

    /// Something may be due from now on.
    void watch() {
        if (!running && isDue.getAsBoolean()) {
            running = true;
            missed = 0;
            var _ = signOfLife.getAsBoolean();
            timers.after(beat, this::onBeat);
        }
    }

    private void onBeat() {
        if (!isDue.getAsBoolean()) {
            running = false;
            return;
        }
        missed = signOfLife.getAsBoolean() ? 0 : missed + 1;
        if (missed >= BEATS) {
            running = false;
            onStalled.run();
        } else {
            timers.after(beat, this::onBeat);
        }
    }
}
