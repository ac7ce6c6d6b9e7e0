package org.telephonystack.action.sms;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/// Leaves the provider alone for a while where it does not answer, and then lets one request try. One for everything that is
/// asked of the provider: whoever finds it away spares the others the waiting.
///
/// ```text
/// closed ── so many failures in a row ──▶ open ── the pause is over: one request ──▶ closed | open again
/// ```
public final class CircuitBreaker {

    /// What is said of a request that was not made.
    public static final String AWAY = "provider_away";

    private final int failuresToOpen;
    private final Duration pause;
    private final InstantSource clock;
    private final Consumer<Boolean> changed;

    private int failures;
    private Instant closedAgain = Instant.MIN;

    /// @param failuresToOpen in a row
    /// @param pause without requests
    /// @param changed hears `true` when it opens and `false` when it closes
    public CircuitBreaker(
            int failuresToOpen, Duration pause, InstantSource clock, Consumer<Boolean> changed) {
        this.failuresToOpen = failuresToOpen;
        this.pause = pause;
        this.clock = clock;
        this.changed = changed;
    }

    /// Empty: ask. Once the pause is over the first one asks, and the others wait for what comes of it.
    public synchronized Optional<Duration> pauseLeft() {
        if (failures < failuresToOpen) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        if (now.isBefore(closedAgain)) {
            return Optional.of(Duration.between(now, closedAgain));
        }
        closedAgain = now.plus(pause);
        return Optional.empty();
    }

    /// It said something, whatever it was.
    public void answered() {
        boolean closed;
        synchronized (this) {
            closed = failures >= failuresToOpen;
            failures = 0;
        }
        if (closed) {
            changed.accept(false);
        }
    }

    /// No connection, no answer in time, or its own error.
    public void failed() {
        boolean opened;
        synchronized (this) {
            failures++;
            opened = failures == failuresToOpen;
            if (opened) {
                closedAgain = clock.instant().plus(pause);
            }
        }
        if (opened) {
            changed.accept(true);
        }
    }

    /// @param why [#AWAY] counts for nothing; `http_4…` is an answer
    public void heard(String why) {
        if (why.startsWith("http_4")) {
            answered();
        } else {
            failed();
        }
    }
}
