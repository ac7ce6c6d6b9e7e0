package org.telephonystack.stream.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import org.junit.jupiter.api.Test;
import org.telephonystack.stream.call.CallJournal.Speaker;
import org.telephonystack.stream.call.CallJournal.Turn;
import org.telephonystack.stream.call.ModelEvent.Status;

import java.time.Duration;

class TalkingTest {

    @Test
    void whatAModelSaysBesideTheConversationIsNotHeard() {
        var call = TestCall.greeted();
        call.callerStops();
        call.created("r1");

        call.words("beside", "o1", "Classified.");
        call.speaks("beside", "o1", 200);
        call.asksFor("beside", "c9", "create_booking");
        call.speaks("r1", "a1", 100);
        call.done("r1", Status.COMPLETED);

        assertThat(call.wire(line -> line.startsWith("caller audio")))
                .containsExactly("caller audio 800");
        assertThat(call.toolCalls).isEmpty();
    }

    @Test
    void longDeltasAreCutIntoPiecesWithAMarkAtMostTwoHundredMillisecondsApart() {
        var call = TestCall.greeted();
        call.callerStops();
        call.created("r1");

        call.speaks("r1", "a1", 500);
        call.model(new ModelEvent.AssistantItemDone("r1", "a1"));

        assertThat(call.toCaller())
                .containsExactly(
                        "caller audio 1599",
                        "caller mark g1-7",
                        "caller audio 1599",
                        "caller mark g1-8",
                        "caller audio 802",
                        "caller mark g1-9");
    }

    @Test
    void shortDeltasShareAMark() {
        var call = TestCall.greeted();
        call.callerStops();
        call.created("r1");

        for (int delta = 0; delta < 25; delta++) {
            call.speaks("r1", "a1", 20);
        }

        assertThat(call.marks()).hasSize(2);
    }

    @Test
    void callerSpeechDuringTheAnswerTruncatesItAtWhatWasHeard() {
        var call = TestCall.greeted();
        call.callerStops();
        call.answers("r1", 1000);
        call.passes(450);
        call.session.onMark("g1-7");
        call.session.onMark("g1-8");
        call.passes(50);
        call.wire.clear();

        call.callerSpeaks();

        // Two marks are 3198 bytes, and 50 ms by Twilio's clock since the second came back.
        assertThat(call.wire).containsExactly("caller clear", "model truncate item-r1 449");
        assertThat(call.events(CallEvent.BargedIn.class))
                .containsExactly(new CallEvent.BargedIn(449));
    }

    @Test
    void playbackIsNeverBelievedToBePastTheNextMarkThatHasNotComeBack() {
        var call = TestCall.greeted();
        call.callerStops();
        call.answers("r1", 1000);
        call.passes(900);
        call.wire.clear();

        call.callerSpeaks();

        assertThat(call.wire).contains("model truncate item-r1 199");
    }

    @Test
    void itemsThatWereQueuedAndNotBegunAreTruncatedAtZero() {
        var call = TestCall.greeted();
        call.callerStops();
        call.created("r1");
        call.speaks("r1", "preamble", 400);
        call.model(new ModelEvent.AssistantItemDone("r1", "preamble"));
        call.speaks("r1", "answer", 400);
        call.model(new ModelEvent.AssistantItemDone("r1", "answer"));
        call.passes(100);
        call.wire.clear();

        call.callerSpeaks();

        assertThat(call.wire)
                .containsExactly(
                        "caller clear", "model truncate preamble 100", "model truncate answer 0");
    }

    @Test
    void anItemHeardToItsEndIsNotTruncated() {
        var call = TestCall.greeted();
        call.callerStops();
        call.created("r1");
        call.speaks("r1", "preamble", 200);
        call.model(new ModelEvent.AssistantItemDone("r1", "preamble"));
        call.heardEverything();
        call.speaks("r1", "answer", 400);
        call.wire.clear();

        call.callerSpeaks();

        assertThat(call.wire).containsExactly("caller clear", "model truncate answer 0");
    }

    @Test
    void marksThatComeBackBecauseOfTheClearCountForNothing() {
        var call = TestCall.greeted();
        call.callerStops();
        call.answers("r1", 1000);
        var marks = call.marks();
        call.callerSpeaks();
        call.turns.clear();

        marks.forEach(call.session::onMark);
        call.callerStops();
        call.answers("r2", 200);
        call.callerSpeaks();

        assertThat(call.wire).contains("model truncate item-r2 0");
        assertThat(call.turns).isEmpty();
    }

    @Test
    void lateAudioOfAnInterruptedAnswerIsDropped() {
        var call = TestCall.greeted();
        call.callerStops();
        call.created("r1");
        call.speaks("r1", "a1", 200);
        call.callerSpeaks();
        call.wire.clear();

        call.speaks("r1", "a1", 200);
        call.speaks("r1", "a2", 200);
        call.done("r1", Status.CANCELLED);

        assertThat(call.toCaller()).isEmpty();
    }

    @Test
    void anAnswerWithoutAudioYetIsDroppedWhenTheCallerGoesOnSpeaking() {
        var call = TestCall.greeted();
        call.callerStops();
        call.created("r1");

        call.callerSpeaks();
        call.speaks("r1", "a1", 200);

        assertThat(call.wire).noneMatch(line -> line.startsWith("caller"));
    }

    @Test
    void silenceIsNotClearedWhenNothingPlays() {
        var call = TestCall.greeted();

        call.callerSpeaks();

        assertThat(call.wire).isEmpty();
    }

    @Test
    void theTranscriptKeepsWhatWasHeardAndSaysThatItWasInterrupted() {
        var call = TestCall.greeted();
        call.turns.clear();
        call.model(new ModelEvent.CallerItem("u1"));
        call.callerStops();
        call.created("r1");
        call.words("r1", "a1", "one two three four five six seven eight nine ten");
        call.speaks("r1", "a1", 1000);
        call.model(new ModelEvent.AssistantItemDone("r1", "a1"));
        call.session.onMark("g1-7");
        call.session.onMark("g1-8");

        call.callerSpeaks();
        call.model(new ModelEvent.CallerTranscript("u1", "Count to ten."));

        assertThat(call.turns)
                .extracting(Turn::speaker)
                .containsExactly(Speaker.ASSISTANT, Speaker.CALLER);
        Turn cut = call.turns.get(0);
        assertThat(cut.text()).isEqualTo("one two three four");
        assertThat(cut.interrupted()).isTrue();
        assertThat(cut.heardMillis()).isEqualTo(399);
        assertThat(cut.spokenMillis()).isEqualTo(1000);
        // The caller's words came last and stand first.
        assertThat(call.turns.get(1).seq()).isLessThan(cut.seq());
    }

    @Test
    void whatWritingDownTheCallersWordsTookIsToldToWhoCountsIt() {
        var call = TestCall.greeted();
        var took = new ModelEvent.Transcribed(4, 13, 9, 0);

        call.model(new ModelEvent.CallerTranscript("u1", "Hello.", took));
        call.model(new ModelEvent.CallerTranscript("u2", "Hello?"));

        assertThat(call.events(CallEvent.CallerTranscribed.class))
                .containsExactly(new CallEvent.CallerTranscribed(took));
    }

    /// The words of an answer run ahead of its sound: what was not spoken yet was not heard.
    @Test
    void wordsThatHadNotBecomeSoundWereNotHeard() {
        var call = TestCall.greeted();
        call.turns.clear();
        call.callerStops();
        call.created("r1");
        call.words("r1", "a1", "one two three four five six seven eight nine ten".repeat(4));
        call.speaks("r1", "a1", 1000);
        call.marks().forEach(call.session::onMark);

        call.callerSpeaks();

        // At the speed of the greeting, a second is three or four words.
        assertThat(call.turns.getFirst().text()).isEqualTo("one two three");
    }

    @Test
    void whatTheCallerSaidIsWrittenDownOnceHoweverOftenItIsTold() {
        var call = TestCall.greeted();
        call.turns.clear();
        call.model(new ModelEvent.CallerItem("u1"));
        call.model(new ModelEvent.CallerTranscript("u1", "Tuesday."));

        call.model(new ModelEvent.CallerTranscript("u1", "Tuesday."));
        call.model(new ModelEvent.CallerItem("u1"));

        assertThat(call.turns).hasSize(1);
        assertThat(call.session.open().orElseThrow().conversation().isQuiet()).isTrue();
    }

    @Test
    void anAnswerHeardToItsEndIsWrittenWhole() {
        var call = TestCall.greeted();
        call.turns.clear();
        call.callerStops();
        call.time.passMillis(300);
        call.answers("r1", 400);

        call.heardEverything();

        assertThat(call.turns).hasSize(1);
        Turn turn = call.turns.getFirst();
        assertThat(turn.text()).isEqualTo("Words of r1");
        assertThat(turn.interrupted()).isFalse();
        assertThat(turn.heardMillis()).isEqualTo(400);
        assertThat(
                        Duration.between(
                                turn.speechStopped().orElseThrow(),
                                turn.firstAudio().orElseThrow()))
                .hasMillis(300);
    }

    @Test
    void anAnswerWhoseItemWasNeverCalledDoneIsDoneWithItsResponse() {
        var call = TestCall.greeted();
        call.turns.clear();
        call.callerStops();
        call.created("r1");
        call.words("r1", "a1", "Yes.");
        call.speaks("r1", "a1", 300);
        call.done("r1", Status.COMPLETED);

        call.heardEverything();

        assertThat(call.turns).extracting(Turn::interrupted).containsExactly(false);
    }

    @Test
    void theTimeUntilTheFirstAudioIsMeasuredSentAndHeard() {
        var call = TestCall.greeted();
        call.events.clear();
        call.callerStops();
        call.time.passMillis(400);
        call.created("r1");
        call.speaks("r1", "a1", 200);
        call.time.passMillis(250);
        call.heardEverything();

        assertThat(call.events)
                .contains(
                        new CallEvent.FirstAudioSent(Duration.ofMillis(400)),
                        new CallEvent.FirstAudioHeard(Duration.ofMillis(650)));
    }

    @Test
    void aTurnEndsWhenEverythingWasSaidAndHeard() {
        var call = TestCall.greeted();
        call.events.clear();
        call.callerStops();
        call.answers("r1", 200);
        assertThat(call.events(CallEvent.TurnEnded.class)).isEmpty();

        call.heardEverything();

        assertThat(call.events(CallEvent.TurnEnded.class))
                .containsExactly(new CallEvent.TurnEnded(false));
    }

    @Test
    void keysAreToldToTheModelAndAnsweredWhenNoFurtherOneFollows() {
        var call = TestCall.greeted();

        call.session.onDtmf("4");
        call.time.passMillis(1500);
        call.session.onDtmf("2");
        call.time.passMillis(1999);
        assertThat(call.toModel()).hasSize(2).allMatch(line -> line.startsWith("model note"));
        call.time.passMillis(1);

        assertThat(call.wire).endsWith("model respond ANSWER");
    }

    @Test
    void theRecordedSentenceIsNotTheAnswerThatIsHeard() {
        var call = TestCall.greeted();
        call.callerSpeaks();
        call.callerStops();
        call.wire.clear();
        call.time.passMillis(1_500);
        var clip = call.marks();
        call.created("r1");
        call.speaks("r1", "a1", 300);

        clip.forEach(call.session::onMark);
        assertThat(call.events(CallEvent.FirstAudioHeard.class)).hasSize(1);
        call.time.passMillis(700);
        call.heardEverything();

        assertThat(call.events(CallEvent.FirstAudioHeard.class))
                .hasSize(2)
                .endsWith(new CallEvent.FirstAudioHeard(Duration.ofMillis(2_200)));
    }

    @Test
    void anItemThatGoesOnAfterARecordedSentenceIsTruncatedAtAllThatWasHeardOfIt() {
        var call = goingOnAfterTheClip();

        call.session.onMark(call.marks().getFirst());
        call.callerSpeaks();

        assertThat(call.wire(line -> line.startsWith("model truncate")))
                .containsExactly("model truncate a1 3199");
        assertThat(call.turns.getLast())
                .extracting(Turn::heardMillis, Turn::spokenMillis, Turn::interrupted)
                .containsExactly(3_199L, 4_000L, true);
    }

    @Test
    void anItemThatGoesOnAfterARecordedSentenceIsWrittenDownWhenAllOfItWasHeard() {
        var call = goingOnAfterTheClip();
        call.turns.clear();

        call.model(new ModelEvent.AssistantItemDone("r1", "a1"));
        assertThat(call.turns).isEmpty();
        call.heardEverything();

        assertThat(call.turns)
                .extracting(Turn::heardMillis, Turn::spokenMillis, Turn::interrupted)
                .containsExactly(tuple(4_000L, 4_000L, false));
    }

    /// Three seconds of an item were heard, then a recorded sentence; one more second has just been sent.
    private static TestCall goingOnAfterTheClip() {
        var call = TestCall.greeted();
        call.callerStops();
        call.created("r1");
        call.words("r1", "a1", "one two three four five six seven eight nine ten");
        call.speaks("r1", "a1", 3_000);
        call.passes(3_000);
        call.heardEverything();
        call.passes(1_500);
        assertThat(call.events(CallEvent.ClipPlayed.class)).hasSize(1);
        call.heardEverything();
        call.wire.clear();
        call.speaks("r1", "a1", 1_000);
        return call;
    }
}
