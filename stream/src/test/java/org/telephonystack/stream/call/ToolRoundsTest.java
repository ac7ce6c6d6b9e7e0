package org.telephonystack.stream.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.telephonystack.model.tool.ToolResult;
import org.telephonystack.stream.call.CallEvent.ToolEnd;
import org.telephonystack.stream.call.ModelEvent.Status;

import java.util.Map;
import java.util.Optional;

class ToolRoundsTest {

    private static final ToolResult FREE =
            ToolResult.success("Three o'clock.", Map.of("slot", "x"));

    @Test
    void aToolIsCalledWithTheCallAndTheModelsIdAndItsResultIsSpoken() {
        var call = asked("c1");

        call.toolAnswer("c1").complete(FREE);

        assertThat(call.wire)
                .containsExactly(
                        "tool check_schedule",
                        "model answerTool c1 success",
                        "model respond ANSWER");
        var toolCall = call.toolCalls.getFirst();
        assertThat(toolCall.callSid()).isPresent();
        assertThat(toolCall.toolCallId()).contains("c1");
    }

    @Test
    void severalCallsOfOneResponseAreAnsweredTogether() {
        var call = asked("c1", "c2");

        call.toolAnswer("c2").complete(FREE);
        assertThat(call.wire).doesNotContain("model respond ANSWER");
        call.toolAnswer("c1").complete(FREE);

        assertThat(call.wire)
                .containsOnlyOnce("model respond ANSWER")
                .endsWith("model answerTool c1 success", "model respond ANSWER");
    }

    @Test
    void callsOfAnInterruptedResponseAreAnsweredAndNotCarriedOut() {
        var call = TestCall.greeted();
        call.callerStops();
        call.created("r1");
        call.asksFor("r1", "c1", "create_booking");
        call.callerSpeaks();

        call.done("r1", Status.CANCELLED);

        assertThat(call.toolCalls).isEmpty();
        assertThat(call.wire).containsExactly("model answerTool c1 error");
        assertThat(ends(call)).containsExactly(ToolEnd.SKIPPED);
    }

    @Test
    void oneIdIsCarriedOutOnce() {
        var call = TestCall.greeted();
        call.callerStops();
        call.created("r1");
        call.asksFor("r1", "c1", "create_booking");
        call.asksFor("r1", "c1", "create_booking");

        call.done("r1", Status.COMPLETED);

        assertThat(call.toolCalls).hasSize(1);
    }

    @Test
    void aToolThatTakesTooLongBecomesAnErrorAndItsLateAnswerIsNotToldTwice() {
        var call = asked("c1");

        call.time.passMillis(2500);
        call.answers("hold", 100);
        call.time.passMillis(2500);
        assertThat(call.wire).endsWith("model answerTool c1 error", "model respond ANSWER");
        call.toolAnswer("c1").complete(FREE);

        assertThat(call.wire(line -> line.startsWith("model answerTool"))).hasSize(1);
        assertThat(ends(call)).containsExactly(ToolEnd.TIMEOUT);
    }

    @Test
    void anActionThatCannotBeReachedBecomesAnErrorScript() {
        var call = asked("c1");

        call.toolAnswer("c1").completeExceptionally(new IllegalStateException("refused"));

        assertThat(call.wire).endsWith("model answerTool c1 error", "model respond ANSWER");
        assertThat(ends(call)).containsExactly(ToolEnd.UNREACHABLE);
    }

    @Test
    void argumentsThatAreNoJsonAreAnsweredWithoutCallingAnybody() {
        var call = TestCall.greeted();
        call.callerStops();
        call.created("r1");
        call.model(new ModelEvent.ToolRequested("r1", "c1", "create_booking", Optional.empty()));

        call.done("r1", Status.COMPLETED);

        assertThat(call.toolCalls).isEmpty();
        assertThat(call.wire).containsExactly("model answerTool c1 error", "model respond ANSWER");
        assertThat(ends(call)).containsExactly(ToolEnd.MALFORMED);
    }

    @Test
    void aModelThatCallsToolsWithoutEndIsMadeToSpeak() {
        var call = TestCall.greeted();
        call.callerStops();
        for (int round = 1; round <= 6; round++) {
            call.created("r" + round);
            call.asksFor("r" + round, "c" + round, "check_schedule");
            call.done("r" + round, Status.COMPLETED);
            Optional.ofNullable(call.toolAnswers.get("c" + round))
                    .ifPresent(answer -> answer.complete(FREE));
        }

        assertThat(call.toolCalls).hasSize(5);
        assertThat(call.wire).endsWith("model answerTool c6 error", "model respond WORDS_ONLY");
    }

    @Test
    void aNewSentenceOfTheCallerBeginsANewChain() {
        var call = TestCall.greeted();
        for (int round = 1; round <= 6; round++) {
            call.callerStops();
            call.created("r" + round);
            call.asksFor("r" + round, "c" + round, "check_schedule");
            call.done("r" + round, Status.COMPLETED);
            call.toolAnswer("c" + round).complete(FREE);
            call.answers("s" + round, 100);
        }

        assertThat(call.toolCalls).hasSize(6);
        assertThat(call.wire).doesNotContain("model respond WORDS_ONLY");
    }

    @Test
    void theSameCallWithTheSameArgumentsIsNotCarriedOutAThirdTime() {
        var call = TestCall.greeted();
        call.callerStops();
        for (int round = 1; round <= 3; round++) {
            asksForTheSame(call, round);
        }

        assertThat(call.toolCalls).hasSize(2);
        assertThat(call.wire).endsWith("model answerTool c3 error", "model respond WORDS_ONLY");
        assertThat(ends(call)).endsWith(ToolEnd.SKIPPED);
    }

    @Test
    void theSameCallIsNoRunawayWhenTheCallerHasSpokenInBetween() {
        var call = TestCall.greeted();
        for (int round = 1; round <= 3; round++) {
            call.callerStops();
            asksForTheSame(call, round);
            call.answers("s" + round, 100);
        }

        assertThat(call.toolCalls).hasSize(3);
    }

    @Test
    void aCallerIsToldWhenAToolTakesItsTime() {
        var call = asked("c1");

        call.time.passMillis(2499);
        assertThat(call.wire).containsExactly("tool check_schedule");
        call.time.passMillis(1);

        assertThat(call.wire).endsWith("model respond WORDS_ONLY");
        assertThat(call.wire.get(1)).startsWith("model note Our system is still working");
        assertThat(call.events(CallEvent.HoldingLine.class)).hasSize(1);
    }

    @Test
    void theResultOfASlowToolFollowsTheHoldingLine() {
        var call = asked("c1");
        call.time.passMillis(2500);
        call.created("hold");
        call.speaks("hold", "h", 800);
        call.wire.clear();

        call.toolAnswer("c1").complete(FREE);
        assertThat(call.wire).containsExactly("model answerTool c1 success");
        call.done("hold", Status.COMPLETED);

        assertThat(call.wire).endsWith("model respond ANSWER");
    }

    @Test
    void nobodyTalksOverTheWordsTheAssistantSaidBeforeItCalledTheTool() {
        var call = TestCall.greeted();
        call.callerStops();
        call.created("r1");
        call.speaks("r1", "let me look", 1000);
        call.asksFor("r1", "c1", "check_schedule");
        call.done("r1", Status.COMPLETED);

        call.time.passMillis(2500);
        assertThat(call.events(CallEvent.HoldingLine.class)).isEmpty();
        call.heardEverything();
        call.time.passMillis(500);

        assertThat(call.events(CallEvent.HoldingLine.class)).hasSize(1);
    }

    @Test
    void aToolThatAnswersAtOnceNeedsNoHoldingLine() {
        var call = asked("c1");
        call.toolAnswer("c1").complete(FREE);

        call.time.passMillis(4000);

        assertThat(call.events(CallEvent.HoldingLine.class)).isEmpty();
    }

    @Test
    void aResultThatComesTooLateIsStillTold() {
        var call = asked("c1");
        call.time.passMillis(2500);
        call.answers("hold", 100);
        call.time.passMillis(2500);
        call.answers("sorry", 100);
        call.wire.clear();

        call.toolAnswer("c1").complete(FREE);

        assertThat(call.wire)
                .containsExactly(
                        "model note Late answer of our system to check_schedule: success. "
                                + "Tell the caller now: Three o'clock.",
                        "model respond ANSWER");
    }

    /// The answer that is on its way was asked for before the result was there.
    @Test
    void aResultThatComesBetweenAskingAndTheAnswerIsToldAfterIt() {
        var call = asked("c1");
        call.time.passMillis(2500);
        call.answers("hold", 100);
        call.time.passMillis(2500);
        assertThat(call.wire).endsWith("model respond ANSWER");
        call.model(new ModelEvent.NoteTaken());
        call.model(new ModelEvent.ToolAnswerTaken("c1"));
        call.toolAnswer("c1").complete(FREE);
        call.wire.clear();

        call.answers("sorry", 100);

        assertThat(call.toModel()).containsExactly("model respond ANSWER");
    }

    @Test
    void aModelThatStallsAfterTheResultIsNoticedLikeAnyOther() {
        var call = asked("c1");
        call.time.passMillis(2_000);
        call.toolAnswer("c1").complete(FREE);

        call.time.passMillis(1_499);
        assertThat(call.events(CallEvent.ClipPlayed.class)).isEmpty();
        call.time.passMillis(1);
        assertThat(call.events(CallEvent.ClipPlayed.class)).hasSize(1);
        call.heardEverything();
        call.time.passMillis(3_600);

        assertThat(call.toModel()).contains("model close", "model connect again 1");
    }

    @Test
    void aModelThatStallsInsteadOfHoldingTheLineIsNoticedToo() {
        var call = asked("c1");
        call.time.passMillis(2_500);
        assertThat(call.wire).endsWith("model respond WORDS_ONLY");

        call.time.passMillis(1_500);

        assertThat(call.events(CallEvent.ClipPlayed.class)).hasSize(1);
    }

    private static void asksForTheSame(TestCall call, int round) {
        call.created("r" + round);
        call.asksFor("r" + round, "c" + round, "check_schedule", "today");
        call.done("r" + round, Status.COMPLETED);
        Optional.ofNullable(call.toolAnswers.get("c" + round))
                .ifPresent(answer -> answer.complete(FREE));
    }

    @Test
    void theStartOfAToolIsObservedBeforeItIsCalled() {
        var call = asked("c1");

        assertThat(call.events(CallEvent.ToolStarted.class))
                .containsExactly(new CallEvent.ToolStarted("c1", "check_schedule"));
    }

    private static TestCall asked(String... callIds) {
        var call = TestCall.greeted();
        call.callerStops();
        call.created("r1");
        for (String callId : callIds) {
            call.asksFor("r1", callId, "check_schedule");
        }
        call.done("r1", Status.COMPLETED);
        return call;
    }

    private static java.util.List<ToolEnd> ends(TestCall call) {
        return call.events(CallEvent.ToolFinished.class).stream()
                .map(CallEvent.ToolFinished::end)
                .toList();
    }
}
