package org.telephonystack.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// How long callers heard nothing, in milliseconds.
record Waits(List<Long> millis) {

    static final Waits NONE = new Waits(List.of());

    Waits {
        millis = millis.stream().sorted().toList();
    }

    /// Half of the callers waited less than the one, 99 % less than the other. The bounds are for a machine of one's own; where
    /// more wants to run than there are processors, everything takes as many times longer.
    Waits below(Duration half, Duration almostAll) {
        return below(half, almostAll, crowding());
    }

    Waits below(Duration half, Duration almostAll, double crowding) {
        assertThat(at(0.5))
                .as(
                        "half of the callers waited less, in ms, of %s (%.1f times as slow)",
                        millis, crowding)
                .isLessThan((long) (half.toMillis() * crowding));
        assertThat(at(0.99))
                .as(
                        "99 %% of the callers waited less, in ms, of %s (%.1f times as slow)",
                        millis, crowding)
                .isLessThan((long) (almostAll.toMillis() * crowding));
        return this;
    }

    int count() {
        return millis.size();
    }

    /// For people: `0.7 s`.
    String percentile(double share) {
        return millis.isEmpty() ? "none" : String.format(Locale.ROOT, "%.1f s", at(share) / 1000.0);
    }

    private long at(double share) {
        int index = (int) Math.ceil(share * millis.size()) - 1;
        return millis.get(Math.max(0, index));
    }

    /// 1 where every thread that wants to run can.
    private static double crowding() {
        var machine = ManagementFactory.getOperatingSystemMXBean();
        return Math.max(1, machine.getSystemLoadAverage() / machine.getAvailableProcessors());
    }
}
