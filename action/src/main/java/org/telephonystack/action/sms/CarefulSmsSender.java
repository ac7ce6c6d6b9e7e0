package org.telephonystack.action.sms;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/// A circuit breaker in front of the provider: where it does not answer, it is left alone for a while, and then asked once.
///
/// ```text
/// closed ── so many failures in a row ──▶ open ── the pause is over: one request ──▶ closed | open again
/// ```
///
/// While it is open nothing is sent, which is certain, and nothing can be looked up. "Too many requests" is an answer.
public final class CarefulSmsSender implements SmsSender {

    private static final String AWAY = "provider_away";

    private final SmsSender sender;
    private final int failuresToOpen;
    private final Duration pause;
    private final InstantSource clock;
    private final Consumer<Boolean> changed;

    private int failures;
    private Instant closedAgain = Instant.MIN;

    /// @param failuresToOpen in a row
    /// @param pause without requests
    /// @param changed hears `true` when it opens and `false` when it closes
    public CarefulSmsSender(
            SmsSender sender,
            int failuresToOpen,
            Duration pause,
            InstantSource clock,
            Consumer<Boolean> changed) {
        this.sender = sender;
        this.failuresToOpen = failuresToOpen;
        this.pause = pause;
        this.clock = clock;
        this.changed = changed;
    }

    @Override
    public CompletionStage<Result> send(String to, String body) {
        Optional<Duration> left = pauseLeft();
        if (left.isPresent()) {
            return CompletableFuture.completedFuture(new Result.TryLater(AWAY, left));
        }
        return sender.send(to, body)
                .thenApply(result -> {
                    switch (result) {
                        case Result.Accepted _, Result.Refused _ -> answered();
                        case Result.TryLater(var why, _) -> {
                            if (why.equals(Result.TryLater.NO_CONNECTION)) {
                                failed();
                            } else {
                                answered();
                            }
                        }
                        case Result.Unknown _ -> failed();
                    }
                    return result;
                });
    }

    @Override
    public CompletionStage<Lookup> find(String to, String body, Instant since) {
        if (pauseLeft().isPresent()) {
            return CompletableFuture.completedFuture(new Lookup.Unavailable(AWAY));
        }
        return sender.find(to, body, since)
                .thenApply(lookup -> {
                    switch (lookup) {
                        case Lookup.Answered _ -> answered();
                        case Lookup.Unavailable _ -> failed();
                    }
                    return lookup;
                });
    }

    /// Empty: ask. Once the pause is over the first one asks, and the others wait for what comes of it.
    private synchronized Optional<Duration> pauseLeft() {
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

    private void answered() {
        boolean closed;
        synchronized (this) {
            closed = failures >= failuresToOpen;
            failures = 0;
        }
        if (closed) {
            changed.accept(false);
        }
    }

    private void failed() {
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
}
