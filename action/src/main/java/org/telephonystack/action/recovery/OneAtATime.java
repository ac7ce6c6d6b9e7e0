package org.telephonystack.action.recovery;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/// Work in rounds, one at a time: who asks during a round gets one more after it, together with everybody else who does, for
/// what they ask about may have come too late for this one.
final class OneAtATime {

    private final Supplier<CompletionStage<Void>> work;

    private Optional<CompletableFuture<Void>> running = Optional.empty();
    private Optional<CompletableFuture<Void>> next = Optional.empty();

    OneAtATime(Supplier<CompletionStage<Void>> work) {
        this.work = work;
    }

    /// Completes as the round does that has begun after this.
    CompletionStage<Void> run() {
        var mine = new CompletableFuture<Void>();
        synchronized (this) {
            if (running.isPresent()) {
                next = next.or(() -> Optional.of(mine));
                return next.get();
            }
            running = Optional.of(mine);
        }
        begin(mine);
        return mine;
    }

    private void begin(CompletableFuture<Void> round) {
        var _ =
                CompletableFuture.<Void>completedFuture(null)
                        .thenCompose(_ -> work.get())
                        .whenComplete((_, failure) -> {
                            Optional<CompletableFuture<Void>> following = goOn();
                            if (failure == null) {
                                round.complete(null);
                            } else {
                                round.completeExceptionally(failure);
                            }
                            following.ifPresent(this::begin);
                        });
    }

    private synchronized Optional<CompletableFuture<Void>> goOn() {
        running = next;
        next = Optional.empty();
        return running;
    }
}
