package org.telephonystack.stream.call.openai;

import java.time.Duration;
import java.util.BitSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/// The circuit breaker around one endpoint.
///
/// ```text
/// CLOSED ── half of the last attempts failed ──▶ OPEN ── delay, one asks ──▶ HALF_OPEN ── it works ──▶ CLOSED
///                                                 ▲                             │
///                                                 ├────────── it fails ─────────┤
///                                                 └── it says nothing, delay over ┘
/// ```
///
/// An attempt that says nothing of the endpoint (its caller hung up) counts nowhere: where it was the one let through, the next
/// is let through at once.
///
/// Not SmallRye's: whether an attempt is admitted has to be known at once, and on an event loop SmallRye's guards run what
/// they guard later. Thread-safe; asked once a connection.
public final class CircuitBreaker implements Circuit {

    public enum State {
        CLOSED,
        HALF_OPEN,
        OPEN
    }

    private final int attempts;
    private final Duration delay;
    private final LongSupplier nanos;
    private final Consumer<State> states;

    private State state = State.CLOSED;
    private BitSet failed = new BitSet();
    private int counted;
    private long openedAt;

    /// What was admitted in an earlier state says nothing of this one.
    private int generation;

    /// @param attempts looked at; half of them failed: open
    /// @param delay how long it stays open before one attempt is let through
    /// @param states told of each change
    public CircuitBreaker(
            int attempts, Duration delay, LongSupplier nanos, Consumer<State> states) {
        this.attempts = attempts;
        this.delay = delay;
        this.nanos = nanos;
        this.states = states;
    }

    @Override
    public boolean admits(CompletionStage<?> outcome) {
        int admitted;
        synchronized (this) {
            boolean isTrial =
                    state == State.OPEN && nanos.getAsLong() - openedAt >= delay.toNanos();
            if (isTrial) {
                become(State.HALF_OPEN);
            } else if (state != State.CLOSED) {
                return false;
            }
            admitted = generation;
        }
        outcome.whenComplete((_, failure) -> {
            if (failure instanceof CancellationException) {
                forget(admitted);
            } else {
                count(admitted, failure != null);
            }
        });
        return true;
    }

    private synchronized void count(int admitted, boolean isFailure) {
        if (admitted != generation) {
            return;
        }
        if (state == State.HALF_OPEN) {
            become(isFailure ? State.OPEN : State.CLOSED);
            return;
        }
        failed.set(counted % attempts, isFailure);
        counted++;
        if (counted >= attempts && failed.cardinality() * 2 >= attempts) {
            become(State.OPEN);
        }
    }

    private synchronized void forget(int admitted) {
        if (admitted == generation && state == State.HALF_OPEN) {
            become(State.OPEN);
            openedAt -= delay.toNanos();
        }
    }

    private void become(State next) {
        state = next;
        generation++;
        failed = new BitSet();
        counted = 0;
        if (next == State.OPEN) {
            openedAt = nanos.getAsLong();
        }
        states.accept(next);
    }
}
