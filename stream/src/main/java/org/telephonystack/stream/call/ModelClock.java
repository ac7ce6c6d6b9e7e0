package org.telephonystack.stream.call;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The model's own time: from the moment it could begin an answer (the caller has stopped speaking, or we asked) to the first
/// sound of it. What tools take in between is not the model's.
final class ModelClock {

    private final CallObserver observer;
    private final CallTime time;
    private Optional<Instant> since = Optional.empty();

    ModelClock(CallObserver observer, CallTime time) {
        this.observer = observer;
        this.time = time;
    }

    /// Asked again because nothing came, it still counts from the first time.
    void answerIsDue() {
        if (since.isEmpty()) {
            since = Optional.of(time.now());
        }
    }

    /// The caller speaks, the answer was none to hear, or the connection is gone.
    void nothingIsDue() {
        since = Optional.empty();
    }

    void speaks(String endpoint) {
        if (since.isPresent()) {
            Instant now = time.now();
            var took = Duration.between(since.get(), now);
            since = Optional.empty();
            observer.on(new CallEvent.ModelAnswered(endpoint, took), now);
        }
    }
}
