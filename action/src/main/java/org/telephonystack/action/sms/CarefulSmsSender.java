package org.telephonystack.action.sms;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Asks the provider only while the [CircuitBreaker] lets it: while that is open nothing is sent, which is certain, and nothing can
/// be looked up. "Too many requests" is an answer.
public final class CarefulSmsSender implements SmsSender {

    private final SmsSender sender;
    private final CircuitBreaker breaker;

    public CarefulSmsSender(SmsSender sender, CircuitBreaker breaker) {
        this.sender = sender;
        this.breaker = breaker;
    }

    @Override
    public CompletionStage<Result> send(String to, String body) {
        Optional<Duration> left = breaker.pauseLeft();
        if (left.isPresent()) {
            return CompletableFuture.completedFuture(
                    new Result.TryLater(CircuitBreaker.AWAY, left));
        }
        return sender.send(to, body)
                .thenApply(result -> {
                    switch (result) {
                        case Result.Accepted _, Result.Refused _ -> breaker.answered();
                        case Result.TryLater(var why, _) -> {
                            if (why.equals(Result.TryLater.NO_CONNECTION)) {
                                breaker.failed();
                            } else {
                                breaker.answered();
                            }
                        }
                        case Result.Unknown _ -> breaker.failed();
                    }
                    return result;
                });
    }

    @Override
    public CompletionStage<Lookup> find(String to, String body, Instant since) {
        if (breaker.pauseLeft().isPresent()) {
            return CompletableFuture.completedFuture(new Lookup.Unavailable(CircuitBreaker.AWAY));
        }
        return sender.find(to, body, since)
                .thenApply(lookup -> {
                    switch (lookup) {
                        case Lookup.Answered _ -> breaker.answered();
                        case Lookup.Unavailable(var why) -> breaker.heard(why);
                    }
                    return lookup;
                });
    }
}
