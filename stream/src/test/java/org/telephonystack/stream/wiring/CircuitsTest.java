package org.telephonystack.stream.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.faulttolerance.api.CircuitBreakerState;

import org.junit.jupiter.api.Test;
import org.telephonystack.stream.call.openai.Circuit;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/// The real circuit breaker, which needs the container it comes with.
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class CircuitsTest {

    private final List<CircuitBreakerState> states = new CopyOnWriteArrayList<>();

    @Test
    void halfOfTheLastAttemptsFailedAndItIsOpenForAWhile() {
        Circuit circuit = Circuits.of("test", 4, Duration.ofSeconds(2), states::add);

        worked(circuit);
        failed(circuit);
        worked(circuit);
        assertThat(circuit.admits(new CompletableFuture<>())).isTrue();
        failed(circuit);
        failed(circuit);

        assertThat(circuit.admits(new CompletableFuture<>())).isFalse();
        assertThat(states).containsExactly(CircuitBreakerState.OPEN);

        var trial = new CompletableFuture<Void>();
        await().atMost(Duration.ofSeconds(30)).until(() -> circuit.admits(trial));
        // One at a time, until it is known how the first went.
        assertThat(circuit.admits(new CompletableFuture<>())).isFalse();
        trial.complete(null);

        assertThat(circuit.admits(new CompletableFuture<>())).isTrue();
        assertThat(states)
                .containsExactly(
                        CircuitBreakerState.OPEN,
                        CircuitBreakerState.HALF_OPEN,
                        CircuitBreakerState.CLOSED);
    }

    private static void worked(Circuit circuit) {
        circuit.admits(CompletableFuture.completedFuture(null));
    }

    private static void failed(Circuit circuit) {
        circuit.admits(CompletableFuture.failedFuture(new IllegalStateException("refused")));
    }
}
