package org.telephonystack.stream.call;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Time that stands still until it is moved.
final class HandTime implements CallTime {

    static final Instant START = Instant.parse("2026-11-23T15:00:00Z");

    private record Due(Instant at, int order, Runnable task) {}

    private final List<Due> timers = new ArrayList<>();
    private Instant now = START;
    private int started;

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public Timer after(Duration delay, Runnable task) {
        var due = new Due(now.plus(delay), started++, task);
        timers.add(due);
        return () -> timers.remove(due);
    }

    void pass(Duration duration) {
        Instant until = now.plus(duration);
        while (true) {
            var next =
                    timers.stream()
                            .filter(due -> !due.at().isAfter(until))
                            .min(Comparator.comparing(Due::at).thenComparingInt(Due::order));
            if (next.isEmpty()) {
                break;
            }
            timers.remove(next.get());
            now = next.get().at();
            next.get().task().run();
        }
        now = until;
    }

    void passMillis(long millis) {
        pass(Duration.ofMillis(millis));
    }

    int runningTimers() {
        return timers.size();
    }
}
