package org.telephonystack.simulator.phone;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class PacerTest {

    /// Time moves when the test says so.
    private static final class ManualClock implements LineClock {

        private long now = 1_000_000_000;
        private long due;
        private Runnable task = () -> {};

        @Override
        public long nanos() {
            return now;
        }

        @Override
        public void after(long nanos, Runnable next) {
            due = now + nanos;
            task = next;
        }

        void fireLate(long nanos) {
            now = due + nanos;
            task.run();
        }
    }

    private final ManualClock clock = new ManualClock();
    private final List<Long> ticks = new ArrayList<>();
    private final Pacer pacer = new Pacer(clock, () -> ticks.add(clock.nanos()));

    @Test
    void lateTimersDoNotAddUp() {
        pacer.start();
        for (int i = 0; i < 100; i++) {
            clock.fireLate(3_000_000);
        }

        assertThat(ticks).hasSize(100);
        assertThat(ticks.getLast() - ticks.getFirst()).isEqualTo(99 * Pacer.TICK_NANOS);
    }

    @Test
    void ticksThatWereMissedFollowAtOnce() {
        pacer.start();
        clock.fireLate(100_000_000);

        assertThat(ticks).hasSize(6);
        clock.fireLate(0);
        assertThat(ticks).hasSize(7);
    }

    @Test
    void nothingTicksAfterTheStop() {
        pacer.start();
        pacer.stop();
        clock.fireLate(0);

        assertThat(ticks).isEmpty();
    }
}
