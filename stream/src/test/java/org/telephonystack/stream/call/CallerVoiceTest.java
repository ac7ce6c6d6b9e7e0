package org.telephonystack.stream.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Base64;
import java.util.List;

class CallerVoiceTest {

    @Test
    void soundWithoutHolesIsPassedOnAsItIs() {
        var call = TestCall.greeted();

        call.callerAudioAt("AAAA", 1000);
        call.callerAudioAt(TestCall.audio(20), 1020);
        call.callerAudioAt(TestCall.audio(20), 1040);

        assertThat(heard(call)).containsExactly("AAAA", TestCall.audio(20), TestCall.audio(20));
        assertThat(call.events(CallEvent.SilenceFilled.class)).isEmpty();
    }

    @Test
    void aHoleInTwiliosClockIsFilledWithSilence() {
        var call = TestCall.greeted();
        call.callerAudioAt(TestCall.audio(20), 1000);

        call.callerAudioAt("BBBB", 1320);

        assertThat(heard(call)).hasSize(3).endsWith("BBBB");
        byte[] filled = Base64.getDecoder().decode(heard(call).get(1));
        assertThat(filled).hasSize(300 * 8).containsOnly(0xFF);
        assertThat(call.events(CallEvent.SilenceFilled.class))
                .containsExactly(new CallEvent.SilenceFilled(300));
    }

    @Test
    void noHoleIsFilledWithMoreThanTenSeconds() {
        var call = TestCall.greeted();
        call.callerAudioAt(TestCall.audio(20), 1000);

        call.callerAudioAt("BBBB", 60_000);

        assertThat(filledMillis(call)).isBetween(9_990L, 10_000L);
    }

    @Test
    void aSentenceWhoseEndNeverComesIsEndedBySilence() {
        var call = TestCall.greeted();
        call.callerAudioAt(TestCall.audio(20), 1000);
        call.callerSpeaks();

        call.time.passMillis(749);
        assertThat(heard(call)).hasSize(1);
        call.time.passMillis(1);

        assertThat(filledMillis(call)).isBetween(990L, 1000L);
    }

    @Test
    void aCallerWhoGoesOnSpeakingIsNotCutIntoPieces() {
        var call = TestCall.greeted();
        call.callerSpeaks();

        for (int frame = 0; frame < 200; frame++) {
            call.callerAudioAt(TestCall.audio(20), frame * 20L);
            call.time.passMillis(20);
        }

        assertThat(heard(call)).hasSize(200);
    }

    @Test
    void whatWasFilledInAStallIsNotFilledAgainWhenTheSoundComesBack() {
        var call = TestCall.greeted();
        call.callerAudioAt(TestCall.audio(20), 1000);
        call.callerSpeaks();
        call.time.passMillis(750);

        call.callerAudioAt("BBBB", 2020);

        assertThat(filledMillis(call)).isBetween(990L, 1000L);
    }

    @Test
    void silenceOfACallerWhoDoesNotSpeakIsLeftAlone() {
        var call = TestCall.greeted();
        call.callerAudioAt(TestCall.audio(20), 1000);
        call.callerSpeaks();
        call.callerAudioAt(TestCall.audio(20), 1020);
        call.callerStops();
        call.answers("r1", 200);

        call.time.passMillis(5_000);

        assertThat(heard(call)).hasSize(2);
    }

    private static List<String> heard(TestCall call) {
        String order = "model hear ";
        return call.wire(line -> line.startsWith(order)).stream()
                .map(line -> line.substring(order.length()))
                .toList();
    }

    /// Silence the model got, by its length in sound.
    private static long filledMillis(TestCall call) {
        return heard(call).stream()
                        .filter(payload -> payload.startsWith("////"))
                        .mapToLong(payload -> Base64.getDecoder().decode(payload).length)
                        .sum()
                / 8;
    }
}
