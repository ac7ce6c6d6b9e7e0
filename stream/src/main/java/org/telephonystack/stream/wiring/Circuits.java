package org.telephonystack.stream.wiring;

import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.faulttolerance.api.TypedGuard;

import jakarta.enterprise.util.TypeLiteral;

import org.telephonystack.stream.call.openai.Circuit;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// SmallRye's circuit breakers around the voice model's endpoints.
final class Circuits {

    private Circuits() {}

    /// @param attempts looked at; half of them failed: open
    /// @param delay how long it stays open before one attempt is let through
    /// @param states told of each change
    static Circuit of(
            String endpoint, int attempts, Duration delay, Consumer<CircuitBreakerState> states) {
        TypedGuard<CompletionStage<Object>> guard =
                TypedGuard.create(new TypeLiteral<CompletionStage<Object>>() {})
                        .withDescription("model endpoint " + endpoint)
                        .withCircuitBreaker()
                        .requestVolumeThreshold(attempts)
                        .failureRatio(0.5)
                        .delay(delay.toMillis(), ChronoUnit.MILLIS)
                        .onStateChange(states)
                        .done()
                        .build();
        return outcome -> {
            // An open circuit does not ask for what it guards.
            var admitted = new AtomicBoolean();
            guard.get(() -> {
                admitted.set(true);
                return outcome.thenApply(Object.class::cast);
            });
            return admitted.get();
        };
    }
}
