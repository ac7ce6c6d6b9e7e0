package org.telephonystack.stream.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.telephonystack.model.EndReason;
import org.telephonystack.model.tool.ToolResult;
import org.telephonystack.stream.call.ModelEvent.Status;
import org.telephonystack.stream.call.ModelEvent.Trouble;

import java.util.Map;

class ResponseSlotTest {

    private static final String ASK = "model respond ANSWER";

    @Test
    void aModelThatDoesNotAnswerTheCallerIsAskedOnce() {
        var call = TestCall.greeted();

        call.callerStops();
        call.passesWithSignsOfLife(4999);
        assertThat(call.toModel()).isEmpty();
        call.time.passMillis(1);

        assertThat(call.toModel()).containsExactly(ASK);
    }

    @Test
    void aModelThatDoesNotAnswerEvenThenIsReplaced() {
        var call = TestCall.greeted();
        call.callerStops();

        call.passesWithSignsOfLife(10_000);

        assertThat(call.toModel()).startsWith(ASK, "model close", "model connect again 1");
        assertThat(call.events(CallEvent.ModelTrouble.class))
                .extracting(CallEvent.ModelTrouble::code)
                .contains("no_response");
    }

    @Test
    void aResponseWithoutAudioIsCancelledAndAskedForAgainOnce() {
        var call = TestCall.greeted();
        call.callerStops();
        call.created("r1");

        call.passesWithSignsOfLife(10_000);
        assertThat(call.toModel()).containsExactly("model cancel r1");
        call.done("r1", Status.CANCELLED);
        assertThat(call.toModel()).containsExactly("model cancel r1", ASK);
        call.created("r2");
        call.passesWithSignsOfLife(10_000);

        assertThat(call.toModel()).contains("model close", "model connect again 1");
    }

    /// Our note and the model's decision to answer cross on their way.
    @Test
    void anAnswerThatWasDueBeforeTheModelWasToldIsFollowedByAnother() {
        var call = TestCall.greeted();
        call.callerStops();
        call.created("r1");
        call.asksFor("r1", "t1", "check_schedule");
        call.done("r1", Status.COMPLETED);
        call.time.passMillis(2_500);
        call.answers("hold", 100);
        call.time.passMillis(2_500);
        call.answers("sorry", 100);
        call.callerSpeaks();
        call.callerStops();

        // Later than its deadline: told in words.
        call.toolAnswer("t1").complete(ToolResult.success("At three.", Map.of()));
        call.wire.clear();
        call.answers("r2", 100);

        assertThat(call.toModel()).containsExactly(ASK);
    }

    @Test
    void audioThatComesWhenItsAnswerWasGivenUpIsNotPlayed() {
        var call = TestCall.greeted();
        call.callerStops();
        call.created("r1");
        call.passesWithSignsOfLife(10_000);
        call.wire.clear();

        call.speaks("r1", "a1", 200);
        call.callerSpeaks();
        call.speaks("r1", "a2", 200);

        assertThat(call.wire(line -> line.startsWith("caller audio"))).isEmpty();
    }

    @Test
    void aResponseThatSpeaksIsNotWatchedAnyLonger() {
        var call = TestCall.greeted();
        call.callerStops();
        call.created("r1");
        call.speaks("r1", "a1", 100);

        call.passesWithSignsOfLife(60_000);

        assertThat(call.toModel()).isEmpty();
    }

    @Test
    void aFailedResponseIsAskedForAgainAfterABreath() {
        var call = TestCall.greeted();
        call.callerStops();
        call.created("r1");

        call.done("r1", Status.FAILED);
        assertThat(call.toModel()).isEmpty();
        call.time.passMillis(250);

        assertThat(call.wire).containsExactly(ASK);
    }

    @Test
    void aSecondFailureInARowIsSilence() {
        var call = TestCall.greeted();
        call.callerStops();
        call.created("r1");
        call.done("r1", Status.FAILED);
        call.time.passMillis(250);
        call.created("r2");

        call.done("r2", Status.FAILED);

        assertThat(call.toModel()).contains("model close", "model connect again 1");
        call.losesEveryModel(Trouble.PASSING, "close_1006");
        assertThat(call.wire).endsWith("caller close MODEL_LOST");
    }

    @Test
    void aSecondAnswerInARowThatBreaksOffIsSilenceToo() {
        var call = TestCall.greeted();
        call.callerStops();
        call.created("r1");
        call.done("r1", Status.INCOMPLETE);
        call.time.passMillis(250);
        assertThat(call.wire).containsExactly(ASK);
        call.created("r2");

        call.done("r2", Status.INCOMPLETE);

        assertThat(call.toModel()).contains("model close", "model connect again 1");
        call.model(new ModelEvent.Ready());
        assertThat(call.wire).endsWith(ASK);
    }

    @Test
    void anAnswerThatBreaksOffOnceIsForgivenByTheNext() {
        var call = TestCall.greeted();
        call.callerStops();
        call.created("r1");
        call.done("r1", Status.INCOMPLETE);
        call.time.passMillis(250);
        call.answers("r2", 100);
        call.heardEverything();
        call.callerStops();
        call.created("r3");
        call.done("r3", Status.INCOMPLETE);
        call.time.passMillis(250);

        assertThat(call.connections).hasSize(1);
        assertThat(call.wire).endsWith(ASK);
    }

    /// It counts as complete and nobody has heard a word.
    @Test
    void anAnswerWithoutAnyContentIsAskedForOnceMoreAndThenOfAnotherModel() {
        var call = TestCall.greeted();
        call.callerStops();
        call.created("r1");
        call.done("r1", Status.COMPLETED);
        call.time.passMillis(250);
        assertThat(call.wire).containsExactly(ASK);
        call.created("r2");
        call.words("r2", "a2", "Words without a sound.");
        call.model(new ModelEvent.AssistantItemDone("r2", "a2"));

        call.done("r2", Status.COMPLETED);

        assertThat(call.toModel()).contains("model close", "model connect again 1");
    }

    @Test
    void anAnswerThatTheCallerCutShortIsNotMissed() {
        var call = TestCall.greeted();
        call.callerStops();
        call.created("r1");
        call.callerSpeaks();
        call.done("r1", Status.COMPLETED);
        call.time.passMillis(1_000);

        assertThat(call.wire).doesNotContain(ASK);
    }

    @Test
    void aGoodAnswerForgivesAnEarlierFailure() {
        var call = TestCall.greeted();
        call.callerStops();
        call.created("r1");
        call.done("r1", Status.FAILED);
        call.time.passMillis(250);
        call.answers("r2", 200);
        call.callerStops();
        call.created("r3");

        call.done("r3", Status.FAILED);

        assertThat(call.session.isOver()).isFalse();
    }

    @Test
    void aFailureThatNoRepetitionMendsIsNotRepeatedWithThisModel() {
        var call = TestCall.greeted();
        call.callerStops();
        call.created("r1");

        call.done("r1", Status.FAILED_FOR_GOOD);

        assertThat(call.toModel()).startsWith("model close", "model connect again 1");
        call.losesEveryModel(Trouble.LASTING, "http_401");
        assertThat(call.wire).endsWith("caller close " + EndReason.MODEL_REFUSED);
    }

    @Test
    void anAnswerRefusedBecauseAnotherRunsIsAskedForWhenThatOneIsDone() {
        var call = wantingAnAnswer();
        call.wire.clear();

        call.created("vad");
        call.model(new ModelEvent.ResponseRefused());
        assertThat(call.wire).isEmpty();
        call.speaks("vad", "a1", 100);
        call.done("vad", Status.COMPLETED);

        assertThat(call.wire).endsWith(ASK);
    }

    @Test
    void anAnswerRefusedForAReasonWeCannotSeeIsAskedForHalfASecondLater() {
        var call = wantingAnAnswer();
        call.wire.clear();

        call.model(new ModelEvent.ResponseRefused());
        call.time.passMillis(500);

        assertThat(call.wire).containsExactly(ASK);
    }

    @Test
    void refusalsWithoutEndCostTheModelTheCall() {
        var call = wantingAnAnswer();

        for (int refusal = 0; refusal < 13; refusal++) {
            call.model(new ModelEvent.ResponseRefused());
            call.time.passMillis(500);
        }

        assertThat(call.toModel()).contains("model close", "model connect again 1");
    }

    @Test
    void refusalsOfLongAgoAreNotCounted() {
        var call = wantingAnAnswer();
        for (int refusal = 0; refusal < 12; refusal++) {
            call.model(new ModelEvent.ResponseRefused());
            call.time.passMillis(500);
        }
        call.answers("r2", 100);
        call.heardEverything();
        call.session.onDtmf("1");
        call.time.passMillis(2_000);

        call.model(new ModelEvent.ResponseRefused());
        call.time.passMillis(500);

        assertThat(call.connections).hasSize(1);
    }

    @Test
    void nothingIsAskedForWhileTheCallerSpeaks() {
        var call = TestCall.greeted();
        call.callerStops();
        call.created("r1");
        call.asksFor("r1", "c1", "check_schedule");
        call.done("r1", Status.COMPLETED);
        call.callerSpeaks();
        call.wire.clear();

        call.toolAnswer("c1").complete(ToolResult.success("Three o'clock.", Map.of()));

        assertThat(call.wire).containsExactly("model answerTool c1 success");
    }

    @Test
    void anAnswerTheModelBeginsWithTheToolResultsInHandNeedsNoSecondOne() {
        var call = TestCall.greeted();
        call.callerStops();
        call.created("r1");
        call.asksFor("r1", "c1", "check_schedule");
        call.done("r1", Status.COMPLETED);
        call.callerSpeaks();
        call.toolAnswer("c1").complete(ToolResult.success("Three o'clock.", Map.of()));
        call.model(new ModelEvent.ToolAnswerTaken("c1"));
        call.callerStops();
        call.wire.clear();

        call.answers("r2", 100);

        assertThat(call.toModel()).isEmpty();
    }

    @Test
    void anAnswerBegunWithoutTheToolResultsIsFollowedByOneThatHasThem() {
        var call = TestCall.greeted();
        call.callerStops();
        call.created("r1");
        call.asksFor("r1", "c1", "check_schedule");
        call.done("r1", Status.COMPLETED);
        call.callerSpeaks();
        call.callerStops();
        call.created("r2");
        call.toolAnswer("c1").complete(ToolResult.success("Three o'clock.", Map.of()));
        call.speaks("r2", "a2", 100);
        call.wire.clear();

        call.done("r2", Status.COMPLETED);

        assertThat(call.toModel()).containsExactly(ASK);
    }

    @Test
    void aResponseThatBeginsWhileTheCallerSpeaksIsCancelledAndNotPlayed() {
        var call = wantingAnAnswer();
        call.callerSpeaks();
        call.wire.clear();

        call.created("late");
        call.speaks("late", "a1", 100);

        assertThat(call.wire).containsExactly("model cancel late");
    }

    /// We have asked for an answer to a tool's result, and nothing has come yet.
    private static TestCall wantingAnAnswer() {
        var call = TestCall.greeted();
        call.callerStops();
        call.created("r1");
        call.asksFor("r1", "c1", "check_schedule");
        call.done("r1", Status.COMPLETED);
        call.toolAnswer("c1").complete(ToolResult.success("Three o'clock.", Map.of()));
        return call;
    }
}
