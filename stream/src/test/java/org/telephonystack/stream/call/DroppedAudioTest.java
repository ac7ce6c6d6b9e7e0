package org.telephonystack.stream.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.telephonystack.model.EndReason;

/// A connection that is slow drops a frame of 20 ms every 20 ms.
class DroppedAudioTest {

    private static final ModelEvent FRAME = new ModelEvent.CallerAudioDropped(20);

    private final TestCall call = TestCall.greeted();

    @Test
    void itIsToldAtOnceAndThenOnceASecondWithTheSum() {
        dropsFor(2_500);

        assertThat(call.events(CallEvent.CallerAudioDropped.class))
                .containsExactly(dropped(20), dropped(1_000), dropped(1_000));
    }

    @Test
    void theRestIsToldAtTheEndOfTheCall() {
        dropsFor(1_500);

        call.session.end(EndReason.CALLER_HUNG_UP);

        assertThat(call.events(CallEvent.CallerAudioDropped.class))
                .containsExactly(dropped(20), dropped(1_000), dropped(480));
    }

    private void dropsFor(int millis) {
        for (int passed = 0; passed < millis; passed += 20) {
            call.model(FRAME);
            call.time.passMillis(20);
        }
    }

    private static CallEvent.CallerAudioDropped dropped(long millis) {
        return new CallEvent.CallerAudioDropped(millis);
    }
}
