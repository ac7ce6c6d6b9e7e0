package org.telephonystack.simulator.phone;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class HearingTest {

    private final List<Boolean> changes = new ArrayList<>();
    private final Hearing hearing = new Hearing(changes::add);

    @Test
    void pausesBetweenWordsAreNoEndOfSpeech() {
        frames(10, true);
        frames(10, false);
        frames(5, true);
        assertThat(changes).containsExactly(true);

        frames(12, false);
        assertThat(changes).containsExactly(true, false);
        assertThat(hearing.spokenMillis()).isEqualTo(500);
    }

    @Test
    void silenceBeforeAnAnswerIsNoEndOfIt() {
        frames(10, true);
        hearing.newTurn();
        var finished =
                hearing.await(heard -> heard.spokenMillis() > 0 && heard.silentMillis() >= 100);

        frames(50, false);
        assertThat(finished).isNotDone();
        frames(3, true);
        frames(4, false);
        assertThat(finished).isNotDone();
        frames(1, false);
        assertThat(finished).isCompleted();
    }

    @Test
    void whoStillWaitsAtTheEndIsTold() {
        var never = hearing.await(_ -> false);

        hearing.stop(new CallEnded("over"));

        assertThat(never).isCompletedExceptionally();
    }

    private void frames(int count, boolean audible) {
        for (int i = 0; i < count; i++) {
            hearing.onFrame(audible);
        }
    }
}
