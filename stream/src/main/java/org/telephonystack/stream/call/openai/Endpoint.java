package org.telephonystack.stream.call.openai;

import org.telephonystack.stream.call.ModelEvent.Trouble;
import org.telephonystack.stream.call.openai.EndpointEvents.For;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// One endpoint as the whole process sees it: a circuit breaker for what may pass, and in front of it a latch for what will
/// not pass by itself (a bad key, no quota).
///
/// ```text
/// latch set ── expires ──▶ not set
/// circuit closed ── half of the last attempts failed ──▶ open ── delay ──▶ half open ── one works ──▶ closed
/// ```
///
/// Thread-safe: every event loop asks it.
final class Endpoint {

    private static final long NOT_SET = Long.MIN_VALUE;

    private final RealtimeSettings settings;
    private final Circuit circuit;
    private final Duration latchLength;
    private final EndpointEvents events;
    private final LongSupplier nanos;
    private final AtomicLong latchedUntil = new AtomicLong(NOT_SET);

    Endpoint(
            RealtimeSettings settings,
            Circuit circuit,
            Duration latchLength,
            EndpointEvents events,
            LongSupplier nanos) {
        this.settings = settings;
        this.circuit = circuit;
        this.latchLength = latchLength;
        this.events = events;
        this.nanos = nanos;
    }

    RealtimeSettings settings() {
        return settings;
    }

    String name() {
        return settings.endpoint().name();
    }

    boolean isLatched() {
        return latchedNanos() > 0;
    }

    /// How long it is latched yet; 0 where it is not.
    long latchedNanos() {
        long until = latchedUntil.get();
        return until == NOT_SET ? 0 : Math.max(0, until - nanos.getAsLong());
    }

    /// @return empty where latch or circuit forbid an attempt
    Optional<ConnectionWatch> attempt(For what) {
        if (isLatched()) {
            return Optional.empty();
        }
        var attempt = new Attempt(what);
        return circuit.admits(attempt.outcome) ? Optional.of(attempt) : Optional.empty();
    }

    /// An attempt all the same: there is nothing better.
    ConnectionWatch attemptAnyhow(For what) {
        return new Attempt(what);
    }

    private void latch(String code) {
        latchedUntil.set(nanos.getAsLong() + latchLength.toNanos());
        events.latched(name(), code, latchLength);
    }

    private final class Attempt implements ConnectionWatch {

        private final CompletableFuture<Void> outcome = new CompletableFuture<>();
        private final For what;
        private final long began = nanos.getAsLong();

        Attempt(For what) {
            this.what = what;
        }

        @Override
        public void ready() {
            if (outcome.complete(null)) {
                events.connected(name(), what, true);
            }
        }

        @Override
        public void answered(Duration took) {
            events.pinged(name(), took);
        }

        @Override
        public void refused(String code) {
            latch(code);
        }

        @Override
        public void lost(Trouble trouble, String detail) {
            if (RealtimeErrors.isFatal(detail)) {
                latch(detail);
            }
            if (outcome.isDone()) {
                // It served, and broke: no connecting failed, but the endpoint is not well.
                if (!detail.equals(RealtimeErrors.SESSION_EXPIRED)) {
                    circuit.admits(CompletableFuture.failedFuture(new EndpointFailed(detail)));
                }
                return;
            }
            fail(detail);
        }

        @Override
        public void closed() {
            if (outcome.isDone()) {
                return;
            }
            if (nanos.getAsLong() - began >= settings.connectTimeout().toNanos()) {
                fail("not_ready");
            } else {
                // The caller hung up: says nothing of the endpoint.
                outcome.cancel(false);
            }
        }

        private void fail(String detail) {
            events.connected(name(), what, false);
            outcome.completeExceptionally(new EndpointFailed(detail));
        }
    }

    /// Without a stack trace: it only counts.
    private static final class EndpointFailed extends CompletionException {

        private static final long serialVersionUID = 1L;

        EndpointFailed(String detail) {
            super(detail);
        }

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }
}
