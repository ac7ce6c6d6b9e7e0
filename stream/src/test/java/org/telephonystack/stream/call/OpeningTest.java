package org.telephonystack.stream.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.telephonystack.stream.call.CallContextLookup.Answer;
import org.telephonystack.stream.call.CallEvent.LookupOutcome;

class OpeningTest {

    @Test
    void theLookupAndTheModelConnectionStartTogether() {
        var call = TestCall.begun();

        assertThat(call.wire).containsExactly("model connect", "lookup");
    }

    @Test
    void aKnownCallerIsInTheBriefAndInTheLog() {
        var call = TestCall.begun();

        call.lookup.complete(new Answer.Found(TestCall.JANE));

        assertThat(call.wire).endsWith("model configure Jane", "journal started");
        assertThat(call.events(CallEvent.ClientIdentified.class))
                .extracting(identified -> identified.client().fullName())
                .containsExactly("Jane Roe");
    }

    @Test
    void aLookupThatIsLateCostsTheCallerAHundredAndFiftyMillisecondsAndNoMore() {
        var call = TestCall.begun();

        call.time.passMillis(149);
        assertThat(call.wire).doesNotContain("model configure there");
        call.time.passMillis(1);

        assertThat(call.wire).contains("model configure there");
        assertThat(call.events(CallEvent.LookedUp.class))
                .extracting(CallEvent.LookedUp::outcome)
                .containsExactly(LookupOutcome.LATE);
    }

    @Test
    void anAnswerAfterTheLimitChangesNothing() {
        var call = TestCall.begun();
        call.time.passMillis(200);
        int before = call.wire.size();

        call.lookup.complete(new Answer.Found(TestCall.JANE));

        assertThat(call.wire).hasSize(before);
        assertThat(call.events(CallEvent.ClientIdentified.class)).isEmpty();
    }

    @Test
    void aDatabaseThatIsAwayDoesNotStopTheCall() {
        var call = TestCall.begun();

        call.lookup.completeExceptionally(new IllegalStateException("no connection"));
        call.model(new ModelEvent.Ready());

        assertThat(call.wire).contains("model configure there", "model respond GREETING");
    }

    @Test
    void aReplayedTicketClosesBothSidesBeforeAnyPromptAndLeavesNoRow() {
        var call = TestCall.begun();

        call.lookup.complete(new Answer.Replayed());

        assertThat(call.wire)
                .containsExactly(
                        "model connect", "lookup", "model close", "caller close PROTOCOL_ERROR");
    }

    @Test
    void aReplayThatIsKnownLateStillEndsTheCallAndWritesNoReason() {
        var call = TestCall.begun();
        call.time.passMillis(200);

        call.lookup.complete(new Answer.Replayed());

        assertThat(call.wire).endsWith("model close", "caller close PROTOCOL_ERROR");
        assertThat(call.wire).noneMatch(line -> line.startsWith("journal ended"));
    }

    @Test
    void theGreetingIsAskedForBeforeAnyCallerAudioIsPassedOn() {
        var call = TestCall.begun();
        call.callerAudio("AAAA");
        call.callerAudio("BBBB");
        call.lookup.complete(new Answer.Found(TestCall.JANE));

        call.model(new ModelEvent.Ready());
        call.callerAudio("CCCC");

        assertThat(call.wire)
                .endsWith(
                        "model respond GREETING",
                        "model hear AAAA",
                        "model hear BBBB",
                        "model hear CCCC");
        assertThat(call.events(CallEvent.GreetingTriggered.class)).hasSize(1);
    }

    @Test
    void moreThanTenSecondsOfEarlyAudioLoseTheOldestAndAreCounted() {
        var call = TestCall.begun();
        String first = TestCall.audio(1000);
        call.callerAudio(first);
        for (int second = 0; second < 10; second++) {
            call.callerAudio(TestCall.audio(1000).replace('f', 'e'));
        }
        call.lookup.complete(new Answer.Found(TestCall.JANE));

        call.model(new ModelEvent.Ready());

        assertThat(call.wire(line -> line.startsWith("model hear"))).hasSize(10);
        assertThat(call.events(CallEvent.CallerAudioDropped.class))
                .containsExactly(new CallEvent.CallerAudioDropped(1000));
    }

    @Test
    void anEarlyHelloDoesNotCostTheCallerTheGreeting() {
        var call = TestCall.greeting();
        call.wire.removeIf(line -> !line.startsWith("caller mark"));

        call.callerSpeaks();
        call.callerStops();

        assertThat(call.wire).doesNotContain("caller clear", "model takeTurns");
        call.heardEverything();
        assertThat(call.wire).endsWith("model takeTurns");
    }

    @Test
    void turnsAreTakenFromTheFirstPieceOfTheGreetingThatWasHeard() {
        var call = TestCall.greeting();

        call.session.onMark("g1-1");

        assertThat(call.wire).endsWith("model takeTurns");
    }

    @Test
    void aCallerWhoStillSaysHelloIsWaitedForBeforeTurnsAreTaken() {
        var call = TestCall.greeting();
        call.callerSpeaks();

        call.session.onMark("g1-1");
        assertThat(call.wire).doesNotContain("model takeTurns");
        call.callerStops();

        assertThat(call.wire).endsWith("model takeTurns");
    }

    @Test
    void aTelephoneThatReturnsNoMarksDoesNotKeepTheCallerFromSpeaking() {
        var call = TestCall.greeting();

        call.time.passMillis(2000);

        assertThat(call.wire).contains("model takeTurns");
    }

    /// The clip was heard; of the greeting behind it, nothing yet.
    @Test
    void aGreetingBehindTheRecordedSentenceIsProtectedUntilItsOwnFirstPieceWasHeard() {
        var call = greetingBehindTheClip();

        call.session.onMark("g1-1");
        call.callerSpeaks();
        call.callerStops();
        call.session.onMark("g1-4");

        assertThat(call.wire).doesNotContain("caller clear", "model takeTurns");
        call.session.onMark("g1-5");
        assertThat(call.wire).endsWith("model takeTurns");
    }

    @Test
    void whereNoMarksComeBackTheRecordedSentenceIsGivenItsLengthBeforeTheGreeting() {
        var call = greetingBehindTheClip();

        call.time.passMillis(2_599);
        assertThat(call.wire).doesNotContain("model takeTurns");
        call.time.passMillis(1);

        assertThat(call.wire).contains("model takeTurns");
    }

    private static TestCall greetingBehindTheClip() {
        var call = TestCall.ready();
        call.time.passMillis(1_500);
        call.created("greeting");
        call.speaks("greeting", "item-greeting", 1_000);
        assertThat(call.toCaller().subList(0, 9))
                .containsExactly(
                        "caller audio 1599",
                        "caller mark g1-1",
                        "caller audio 1599",
                        "caller mark g1-2",
                        "caller audio 1599",
                        "caller mark g1-3",
                        "caller audio 3",
                        "caller mark g1-4",
                        "caller audio 1599");
        return call;
    }

    @Test
    void aKeyPressedWhileTheModelConnectsDoesNotDelayTheGreeting() {
        var call = TestCall.begun();
        call.lookup.complete(new Answer.Found(TestCall.JANE));
        call.session.onDtmf("0");
        call.time.passMillis(2_400);

        call.model(new ModelEvent.Ready());

        assertThat(call.wire).endsWith("model respond GREETING");
        call.answers("greeting", 500);
        assertThat(call.wire).doesNotContain("model respond ANSWER");
        assertThat(call.events(CallEvent.ModelTrouble.class)).isEmpty();
    }

    @Test
    void aModelThatIsReadyLateHasNotBeenSilentBefore() {
        var call = TestCall.begun();
        call.lookup.complete(new Answer.Found(TestCall.JANE));
        call.session.onDtmf("0");
        call.time.passMillis(7_900);

        call.model(new ModelEvent.Ready());

        assertThat(call.wire).endsWith("model respond GREETING");
        assertThat(call.events(CallEvent.ModelTrouble.class)).isEmpty();
    }

    @Test
    void aModelThatIsNotReadyInTimeCountsAsLost() {
        var call = TestCall.begun();

        call.time.passMillis(8000);

        assertThat(call.wire)
                .endsWith("model close", "journal ended MODEL_LOST", "caller close MODEL_LOST");
    }
}
