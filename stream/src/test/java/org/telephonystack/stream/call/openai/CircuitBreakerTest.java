package org.telephonystack.stream.call.openai;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.telephonystack.stream.call.openai.CircuitBreaker.State;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

class CircuitBreakerTest {

    private static final Duration DELAY = Duration.ofSeconds(10);

    private final List<State> states = new ArrayList<>();
    private long now;
    private final CircuitBreaker circuit = new CircuitBreaker(4, DELAY, () -> now, states::add);

    @Test
    void halfOfTheLastAttemptsFailedAndItIsOpenForAWhile() {
        worked();
        failed();
        worked();
        assertThat(circuit.admits(new CompletableFuture<>())).isTrue();
        failed();

        assertThat(states).containsExactly(State.OPEN);
        now += DELAY.toNanos() - 1;
        assertThat(circuit.admits(new CompletableFuture<>())).isFalse();
    }

    @Test
    void fewerFailuresThanHalfLeaveItClosedHoweverOldTheyAre() {
        for (int i = 0; i < 5; i++) {
            failed();
            worked();
            worked();
            worked();
        }

        assertThat(states).isEmpty();
    }

    @Test
    void oneIsTriedAndWhatItComesToCounts() {
        opens();
        now += DELAY.toNanos();
        var trial = new CompletableFuture<Void>();

        assertThat(circuit.admits(trial)).isTrue();
        // One at a time, until it is known how the first went.
        assertThat(circuit.admits(new CompletableFuture<>())).isFalse();
        trial.complete(null);

        assertThat(circuit.admits(new CompletableFuture<>())).isTrue();
        assertThat(states).containsExactly(State.OPEN, State.HALF_OPEN, State.CLOSED);
    }

    @Test
    void aTrialThatFailsOpensItForAsLongAgain() {
        opens();
        now += DELAY.toNanos();
        failed();

        assertThat(states).containsExactly(State.OPEN, State.HALF_OPEN, State.OPEN);
        now += DELAY.toNanos() - 1;
        assertThat(circuit.admits(new CompletableFuture<>())).isFalse();
        now++;
        assertThat(circuit.admits(new CompletableFuture<>())).isTrue();
    }

    @Test
    void whatWasAdmittedBeforeItOpenedSaysNothingOfTheTrial() {
        var old = new CompletableFuture<Void>();
        circuit.admits(old);
        opens();
        now += DELAY.toNanos();
        circuit.admits(new CompletableFuture<>());

        old.complete(null);

        assertThat(states).containsExactly(State.OPEN, State.HALF_OPEN);
    }

    /// A caller who hangs up while the trial is under way proves nothing: the next one tries, without waiting again.
    @Test
    void aTrialThatSaysNothingLeavesItOpenAndTheNextMayTry() {
        opens();
        now += DELAY.toNanos();
        saidNothing();

        assertThat(states).containsExactly(State.OPEN, State.HALF_OPEN, State.OPEN);
        assertThat(circuit.admits(new CompletableFuture<>())).isTrue();
        assertThat(circuit.admits(new CompletableFuture<>())).isFalse();
    }

    @Test
    void whileItIsClosedWhatSaysNothingIsNotCounted() {
        failed();
        for (int i = 0; i < 4; i++) {
            saidNothing();
        }
        worked();
        worked();
        assertThat(states).isEmpty();

        failed();
        assertThat(states).containsExactly(State.OPEN);
    }

    private void opens() {
        for (int i = 0; i < 4; i++) {
            failed();
        }
    }

    private void saidNothing() {
        var trial = new CompletableFuture<Void>();
        assertThat(circuit.admits(trial)).isTrue();
        trial.cancel(false);
    }

    private void worked() {
        circuit.admits(CompletableFuture.completedFuture(null));
    }

    private void failed() {
        circuit.admits(CompletableFuture.failedFuture(new IllegalStateException("refused")));
    }
}
