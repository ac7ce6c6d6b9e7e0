package org.telephonystack.stream.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.telephonystack.model.EndReason;

import java.time.Duration;

class CallerSilenceTest {

    @Test
    void aSilentCallerIsAskedWhetherTheyAreStillThere() {
        var call = TestCall.greeted();

        call.time.passMillis(11_999);
        assertThat(call.wire).isEmpty();
        call.time.passMillis(1);

        assertThat(call.wire).hasSize(2).endsWith("model respond WORDS_ONLY");
        assertThat(call.wire.getFirst()).startsWith("model note The caller has said nothing");
    }

    @Test
    void aCallerWhoSaysNothingToTwoPromptsHearsAGoodbyeAndIsLeft() {
        var call = TestCall.greeted();
        for (int prompt = 1; prompt <= 2; prompt++) {
            call.time.passMillis(12_000);
            call.answers("prompt" + prompt, 500);
            call.heardEverything();
        }

        call.time.passMillis(12_000);
        call.answers("goodbye", 500);
        assertThat(call.session.isOver()).isFalse();
        call.heardEverything();

        assertThat(call.wire)
                .endsWith(
                        "model close", "journal ended CALLER_SILENT", "caller close CALLER_SILENT");
        assertThat(call.events(CallEvent.CallerSilent.class))
                .extracting(CallEvent.CallerSilent::times)
                .containsExactly(1, 2, 3);
    }

    @Test
    void aWordOfTheCallerBeginsTheCountAnew() {
        var call = TestCall.greeted();
        call.time.passMillis(12_000);
        call.answers("prompt", 500);
        call.heardEverything();

        call.callerSpeaks();
        call.callerStops();
        call.answers("r1", 500);
        call.heardEverything();
        call.time.passMillis(12_000);

        assertThat(call.events(CallEvent.CallerSilent.class))
                .extracting(CallEvent.CallerSilent::times)
                .containsExactly(1, 1);
    }

    @Test
    void aKeyIsAWord() {
        var call = TestCall.greeted();
        call.time.passMillis(11_000);

        call.session.onDtmf("1");
        call.time.passMillis(1_999);

        assertThat(call.events(CallEvent.CallerSilent.class)).isEmpty();
    }

    @Test
    void aKeyCallsOffTheGoodbyeOfASilentCaller() {
        var call = TestCall.greeted();
        for (int prompt = 1; prompt <= 2; prompt++) {
            call.time.passMillis(12_000);
            call.answers("prompt" + prompt, 500);
            call.heardEverything();
        }
        call.time.passMillis(12_000);
        call.answers("goodbye", 500);

        call.session.onDtmf("1");
        call.heardEverything();
        assertThat(call.session.isOver()).isFalse();
        call.time.passMillis(2_000);

        assertThat(call.wire).endsWith("model respond ANSWER");
        call.answers("r1", 500);
        call.heardEverything();
        assertThat(call.session.isOver()).isFalse();
    }

    @Test
    void aCallerWhoListensOrSpeaksIsNotSilent() {
        var call = TestCall.greeted();
        call.callerStops();
        call.answers("r1", 15_000);
        call.time.passMillis(14_000);
        call.heardEverything();
        call.time.passMillis(11_000);
        call.callerSpeaks();
        call.time.passMillis(60_000);

        assertThat(call.events(CallEvent.CallerSilent.class)).isEmpty();
    }

    @Test
    void aTelephoneThatReturnsNoMarksDoesNotKeepASilentCallOpen() {
        var call = TestCall.greeted();
        call.callerStops();
        call.answers("r1", 1_000);

        call.time.passMillis(12_999);
        assertThat(call.events(CallEvent.CallerSilent.class)).isEmpty();
        call.time.passMillis(1);

        assertThat(call.events(CallEvent.CallerSilent.class)).hasSize(1);
    }

    @Test
    void theLongestCallIsAnnouncedAndEnds() {
        var call = talkingFor(CallSettings.DEFAULTS.longestCall());

        assertThat(call.wire(line -> line.contains("longest time"))).hasSize(1);
        call.answers("goodbye", 500);
        call.heardEverything();

        assertThat(call.wire).endsWith("caller close ASSISTANT_ENDED");
    }

    @Test
    void theEndOfTheLongestCallWaitsForTheAnswerUnderWay() {
        var call = talkingFor(CallSettings.DEFAULTS.longestCall().minusSeconds(1));
        call.callerSpeaks();
        call.callerStops();
        call.created("r1");
        call.speaks("r1", "a1", 1_000);
        call.time.passMillis(1_000);
        assertThat(call.wire(line -> line.contains("longest time"))).isEmpty();

        call.done("r1", ModelEvent.Status.COMPLETED);

        assertThat(call.wire(line -> line.contains("longest time"))).hasSize(1);
    }

    @Test
    void anAnnouncementThatTheCallerInterruptedIsMadeAgain() {
        var call = talkingFor(CallSettings.DEFAULTS.longestCall());
        call.created("goodbye");
        call.speaks("goodbye", "g", 2_000);
        call.callerSpeaks();
        call.done("goodbye", ModelEvent.Status.CANCELLED);
        call.callerStops();
        assertThat(call.wire(line -> line.contains("longest time"))).hasSize(1);

        call.answers("one more thing", 100);

        assertThat(call.wire(line -> line.contains("longest time"))).hasSize(2);
        call.answers("goodbye again", 500);
        call.heardEverything();
        assertThat(call.wire).endsWith("caller close ASSISTANT_ENDED");
    }

    @Test
    void aCallerWhoSpeaksOnAndOnIsLeftHalfAMinuteLater() {
        var call = talkingFor(CallSettings.DEFAULTS.longestCall().minusSeconds(1));
        call.callerSpeaks();

        call.time.pass(Duration.ofSeconds(31));

        assertThat(call.events(CallEvent.Ended.class))
                .extracting(CallEvent.Ended::reason)
                .containsExactly(EndReason.ASSISTANT_ENDED);
    }

    /// The caller says something every ten seconds.
    private static TestCall talkingFor(Duration duration) {
        var call = TestCall.greeted();
        Duration passed = Duration.ZERO;
        for (int turn = 0; passed.compareTo(duration) < 0; turn++) {
            call.callerSpeaks();
            call.callerStops();
            call.answers("talk" + turn, 100);
            call.heardEverything();
            Duration step = Duration.ofSeconds(10);
            Duration left = duration.minus(passed);
            call.time.pass(left.compareTo(step) < 0 ? left : step);
            passed = passed.plus(step);
        }
        return call;
    }
}
