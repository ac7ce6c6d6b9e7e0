package org.telephonystack.stream.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/// Calls in which everything happens in any order: what must never happen does not.
///
/// `-Dtelephony.simulation.steps=50000000` runs long, `-Dtelephony.simulation.seed=…` begins elsewhere.
class SimulationTest {

    private static final long STEPS = Long.getLong("telephony.simulation.steps", 1_000_000);
    private static final long FIRST_SEED = Long.getLong("telephony.simulation.seed", 1);

    @Test
    void whatMustNeverHappenDoesNot() {
        assertThat(Simulation.firstFailure(FIRST_SEED, STEPS)).isEmpty();
    }

    /// A simulation in which half of the rules never come into play would find nothing, and look well.
    @Test
    void everythingThatCanBeObservedOfACallHappens() {
        Set<String> happened = new HashSet<>();
        for (long seed = 1; seed <= 500; seed++) {
            SimulatedCall.play(Step.history(seed, Simulation.STEPS_PER_CALL)).log().stream()
                    .map(line -> line.strip().split("\\[", 2)[0])
                    .forEach(happened::add);
        }

        assertThat(happened)
                .containsAll(
                        Arrays.stream(CallEvent.class.getPermittedSubclasses())
                                .filter(type -> type != CallEvent.Bug.class)
                                .map(Class::getSimpleName)
                                .toList());
    }
}
