package org.telephonystack.stream.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.telephonystack.model.EndReason;
import org.telephonystack.model.tool.ToolResult;
import org.telephonystack.stream.call.ModelEvent.Status;
import org.telephonystack.stream.call.ModelEvent.Trouble;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

class EndingTest {

    @Test
    void theLineClosesWhenTheGoodbyeWasHeardAndNotBefore() {
        var call = sayingGoodbye();

        assertThat(call.wire)
                .contains("model answerTool bye success")
                .doesNotContain("model close");
        call.heardEverything();

        assertThat(call.wire)
                .endsWith(
                        "model close",
                        "journal ended ASSISTANT_ENDED",
                        "caller close ASSISTANT_ENDED");
        assertThat(call.toolCalls).isEmpty();
    }

    @Test
    void aGoodbyeWhoseMarksGetLostIsGivenItsLengthAndTwoSeconds() {
        var call = sayingGoodbye();

        call.time.passMillis(3499);
        assertThat(call.session.isOver()).isFalse();
        call.time.passMillis(1);

        assertThat(call.wire).endsWith("caller close ASSISTANT_ENDED");
    }

    @Test
    void oneMoreThingCallsTheGoodbyeOff() {
        var call = sayingGoodbye();

        call.callerSpeaks();
        call.time.passMillis(4000);

        assertThat(call.wire).contains("caller clear");
        assertThat(call.session.isOver()).isFalse();
    }

    @Test
    void aModelThatHangsUpWithoutAWordIsGivenTheScriptToSayFirst() {
        var call = TestCall.greeted();
        call.callerStops();
        call.created("r1");
        call.asksFor("r1", "bye", "end_call");
        call.done("r1", Status.COMPLETED);

        call.toolAnswer("bye").complete(ToolResult.success("Goodbye.", Map.of()));
        assertThat(call.wire).endsWith("model answerTool bye success", "model respond WORDS_ONLY");
        call.answers("r2", 500);
        assertThat(call.session.isOver()).isFalse();
        call.heardEverything();

        assertThat(call.wire).endsWith("caller close ASSISTANT_ENDED");
    }

    @Test
    void aGoodbyeDoesNotWaitForAnActionThatHangs() {
        var call = TestCall.greeted();
        call.callerStops();
        call.created("r1");
        call.asksFor("r1", "bye", "end_call");
        call.done("r1", Status.COMPLETED);

        call.time.passMillis(1_000);

        assertThat(call.wire).endsWith("model answerTool bye success", "model respond WORDS_ONLY");
        call.answers("r2", "Goodbye.", 500);
        call.heardEverything();
        assertThat(call.wire).endsWith("caller close ASSISTANT_ENDED");
    }

    @Test
    void aGoodbyeThatGotNoAnswerDoesNotMakeTheBookingBesideItAFailure() {
        var call = bookingAndGoodbye();
        call.time.passMillis(1_500);
        call.toolAnswer("c1").complete(ToolResult.success("Booked.", Map.of()));
        call.time.passMillis(3_500);

        assertThat(call.wire(line -> line.contains("The line stays open"))).isEmpty();
        call.answers("r2", "You are booked. Goodbye!", 500);
        call.heardEverything();
        assertThat(call.wire).endsWith("caller close ASSISTANT_ENDED");
    }

    @Test
    void aPersonIsNotDialledAfterWordsThatDoNotAnnounceThem() {
        var call = TestCall.greeted();
        call.callerStops();
        call.created("r1");
        call.asksFor("r1", "c1", "transfer_to_human");
        call.asksFor("r1", "c2", "take_message");
        call.done("r1", Status.COMPLETED);
        call.toolAnswer("c1")
                .complete(ToolResult.success("I connect you.", Map.of("then", "transfer")));
        call.time.passMillis(2_500);

        call.answers("hold", 500);
        call.heardEverything();
        assertThat(call.session.isOver()).isFalse();
        call.toolAnswer("c2").complete(ToolResult.success("Noted.", Map.of()));
        call.answers("r2", 500);
        call.heardEverything();

        assertThat(call.wire).endsWith("caller close TRANSFER");
    }

    @Test
    void aGoodbyeThatWasMeantToFollowABookingIsNotSaidWhereTheBookingFails() {
        var call = bookingAndGoodbye();
        call.toolAnswer("bye").complete(ToolResult.success("Goodbye.", Map.of()));
        call.toolAnswer("c1").complete(ToolResult.error("That slot is taken.", Map.of()));

        assertThat(call.wire(line -> line.startsWith("model note")).getLast())
                .contains("The line stays open");
        call.answers("r2", "I am sorry, that slot is taken.", 500);
        call.heardEverything();
        call.time.passMillis(5_000);

        assertThat(call.session.isOver()).isFalse();
    }

    @Test
    void aGoodbyeThatFollowsABookingIsHeardAndEndsTheCall() {
        var call = bookingAndGoodbye();
        call.toolAnswer("bye").complete(ToolResult.success("Goodbye.", Map.of()));
        call.toolAnswer("c1").complete(ToolResult.success("Booked.", Map.of()));

        call.answers("r2", "You are booked. Goodbye!", 500);
        call.heardEverything();

        assertThat(call.wire).endsWith("caller close ASSISTANT_ENDED");
    }

    @Test
    void oneMoreThingSaidWhileTheBookingIsMadeCallsTheGoodbyeOff() {
        var call = bookingAndGoodbye();
        call.callerSpeaks();
        call.toolAnswer("bye").complete(ToolResult.success("Goodbye.", Map.of()));
        call.toolAnswer("c1").complete(ToolResult.success("Booked.", Map.of()));
        call.callerStops();

        call.answers("r2", "You are booked. What else?", 500);
        call.heardEverything();
        call.time.passMillis(5_000);

        assertThat(call.session.isOver()).isFalse();
    }

    private static TestCall bookingAndGoodbye() {
        var call = TestCall.greeted();
        call.callerStops();
        call.created("r1");
        call.asksFor("r1", "c1", "create_booking");
        call.asksFor("r1", "bye", "end_call");
        call.done("r1", Status.COMPLETED);
        return call;
    }

    /// The goodbye that was on its way is not the last word any more, and neither is its limit.
    @Test
    void aPersonPromisedDuringTheGoodbyeIsAnnouncedFirst() {
        var call = TestCall.greeted();
        call.callerStops();
        call.created("r1");
        call.asksFor("r1", "c1", "transfer_to_human");
        call.done("r1", Status.COMPLETED);
        call.time.passMillis(2_500);
        call.created("hold");
        call.done("hold", Status.CANCELLED);
        call.time.passMillis(2_500);
        call.created("r2");
        call.speaks("r2", "a2", 1_000);
        call.asksFor("r2", "bye", "end_call");
        call.done("r2", Status.COMPLETED);
        call.toolAnswer("c1")
                .complete(ToolResult.success("I connect you.", Map.of("then", "transfer")));

        call.created("r3");
        call.time.passMillis(4_000);
        assertThat(call.session.isOver()).isFalse();
        call.speaks("r3", "a3", 500);
        call.done("r3", Status.COMPLETED);
        call.heardEverything();

        assertThat(call.wire).endsWith("caller close TRANSFER");
    }

    @Test
    void whoWasPromisedAPersonIsNotHungUpOnBecauseTheModelSaysGoodbyeToo() {
        var call = TestCall.greeted();
        call.callerStops();
        call.created("r1");
        call.asksFor("r1", "c1", "transfer_to_human");
        call.asksFor("r1", "bye", "end_call");
        call.done("r1", Status.COMPLETED);
        call.toolAnswer("c1").complete(TRANSFERRING);
        call.toolAnswer("bye").complete(ToolResult.success("Goodbye.", Map.of()));

        call.answers("r2", "I put you through.", 500);
        call.heardEverything();

        assertThat(call.wire).endsWith("caller close TRANSFER");
    }

    @Test
    void whoIsToldOfThePersonTogetherWithAGoodbyeGetsThePerson() {
        var call = promisedAPerson();

        call.created("r2");
        call.speaks("r2", "a2", 500);
        call.asksFor("r2", "bye", "end_call");
        call.done("r2", Status.COMPLETED);
        call.heardEverything();

        assertThat(call.wire).endsWith("caller close TRANSFER");
    }

    @Test
    void aProcessThatLeavesInTheMiddleOfAPromiseKeepsIt() {
        var call = promisedAPerson();
        call.session.handOver();
        call.created("r2");
        call.speaks("r2", "a2", 30_000);

        call.passes(20_000);

        assertThat(call.wire).endsWith("caller close TRANSFER");
    }

    @Test
    void whoWasPromisedAPersonGetsOneThoughNoModelComesBack() {
        var call = promisedAPerson();

        call.losesEveryModel(Trouble.PASSING, "close_1006");

        assertThat(call.wire).endsWith("caller close TRANSFER");
    }

    @Test
    void theNextModelAnnouncesThePersonThatWasPromised() {
        var call = promisedAPerson();
        call.lost("close_1006");

        call.model(new ModelEvent.Ready());

        assertThat(call.wire(line -> line.startsWith("model note ")))
                .anyMatch(note -> note.contains("hand the caller on"))
                .noneMatch(note -> note.contains("say goodbye now"));
    }

    private static final ToolResult TRANSFERRING =
            ToolResult.success("I connect you.", Map.of("then", "transfer"));

    private static TestCall promisedAPerson() {
        var call = TestCall.greeted();
        call.callerStops();
        call.created("r1");
        call.asksFor("r1", "c1", "transfer_to_human");
        call.done("r1", Status.COMPLETED);
        call.toolAnswer("c1").complete(TRANSFERRING);
        return call;
    }

    /// The model says goodbye while something it had asked for before is still under way.
    @Test
    void theLineStaysOpenForTheResultThatTheGoodbyeDidNotWaitFor() {
        var call = TestCall.greeted();
        call.callerStops();
        call.created("r1");
        call.asksFor("r1", "c1", "create_booking");
        call.done("r1", Status.COMPLETED);
        call.time.passMillis(2_500);
        call.created("hold");
        call.speaks("hold", "a1", 500);
        call.asksFor("hold", "bye", "end_call");
        call.done("hold", Status.COMPLETED);
        call.heardEverything();
        assertThat(call.session.isOver()).isFalse();

        call.toolAnswer("c1").complete(ToolResult.success("You are booked.", Map.of()));
        call.answers("r2", "You are booked.", 500);
        assertThat(call.session.isOver()).isFalse();
        call.heardEverything();

        assertThat(call.wire).endsWith("caller close ASSISTANT_ENDED");
    }

    @Test
    void aGoodbyeThatClaimsWhatNobodyDidIsPutRightBeforeTheLineCloses() {
        var call = TestCall.greeted();
        call.callerStops();
        call.created("r1");
        call.words("r1", "a1", "You are all set, I have booked you for Tuesday at three. Goodbye!");
        call.speaks("r1", "a1", 2_000);
        call.model(new ModelEvent.AssistantItemDone("r1", "a1"));
        call.asksFor("r1", "bye", "end_call");
        call.done("r1", Status.COMPLETED);
        call.heardEverything();
        call.passes(3_000);
        assertThat(call.session.isOver()).isFalse();

        call.model(new ModelEvent.ToolAnswerTaken("bye"));
        call.model(new ModelEvent.NoteTaken());
        call.created("r2");
        call.speaks("r2", "a2", 3_000);
        call.passes(2_500);
        assertThat(call.session.isOver()).isFalse();
        call.done("r2", Status.COMPLETED);
        call.heardEverything();

        assertThat(call.wire).endsWith("caller close ASSISTANT_ENDED");
    }

    /// Whatever breaks while the call is put away, the caller's line is closed.
    @Test
    void aModelThatCannotBeClosedDoesNotKeepTheLineOpen() {
        var call = TestCall.greeted();
        call.modelCannotBeClosed = true;

        call.session.onStop();

        assertThat(call.wire).endsWith("caller close CALLER_HUNG_UP");
        assertThat(call.events(CallEvent.Bug.class)).hasSize(1);
        assertThat(call.events(CallEvent.Ended.class)).hasSize(1);
    }

    @Test
    void theReasonIsCommittedBeforeTheCallersSocketIsClosed() {
        var call = TestCall.greeted();
        call.committed = new CompletableFuture<>();

        call.losesEveryModel(Trouble.PASSING, "close_1006");
        assertThat(call.wire).endsWith("model close 4", "journal ended MODEL_LOST");
        call.committed.complete("");

        assertThat(call.wire).endsWith("caller close MODEL_LOST");
    }

    @Test
    void aDatabaseThatDoesNotCommitDelaysTheEndByHalfASecond() {
        var call = TestCall.greeted();
        call.committed = new CompletableFuture<>();
        call.session.onStop();

        call.time.passMillis(499);
        assertThat(call.wire).doesNotContain("caller close CALLER_HUNG_UP");
        call.time.passMillis(1);

        assertThat(call.wire).endsWith("caller close CALLER_HUNG_UP");
    }

    @Test
    void stopEndsBothSidesAndEveryTimer() {
        var call = TestCall.greeted();
        call.callerStops();

        call.session.onStop();

        assertThat(call.wire)
                .containsExactly(
                        "model close",
                        "journal ended CALLER_HUNG_UP",
                        "caller close CALLER_HUNG_UP");
        assertThat(call.time.runningTimers()).isZero();
    }

    @Test
    void nothingIsSentAfterTheEndWhateverStillArrives() {
        var call = TestCall.greeted();
        call.callerStops();
        call.created("r1");
        call.asksFor("r1", "c1", "check_schedule");
        call.done("r1", Status.COMPLETED);
        call.session.onCallerGone();
        call.wire.clear();
        call.events.clear();

        call.toolAnswer("c1").complete(ToolResult.success("Three.", Map.of()));
        call.session.onMark("g1-1");
        call.session.onDtmf("1");
        call.callerAudio("AAAA");
        call.answers("r2", 200);
        call.model(new ModelEvent.Lost(Trouble.PASSING, "close_1000"));
        call.session.onStop();
        call.session.onCallerGone();
        call.time.pass(Duration.ofMinutes(5));

        assertThat(call.wire).isEmpty();
        assertThat(call.events).isEmpty();
    }

    @Test
    void theFirstReasonCounts() {
        var call = TestCall.greeted();
        call.committed = new CompletableFuture<>();

        call.session.onStop();
        call.session.onCallerGone();
        call.committed.complete("");

        assertThat(call.wire(line -> line.startsWith("journal ended"))).hasSize(1);
        assertThat(call.events(CallEvent.Ended.class))
                .extracting(CallEvent.Ended::reason)
                .containsExactly(EndReason.CALLER_HUNG_UP);
    }

    @Test
    void aRefusedModelIsToldApartFromALostOne() {
        var call = TestCall.begun();

        call.losesEveryModel(Trouble.LASTING, "http_401");

        assertThat(call.wire).endsWith("journal ended MODEL_REFUSED", "caller close MODEL_REFUSED");
    }

    @Test
    void aComplaintThatMayPassDoesNotEndTheCall() {
        var call = TestCall.greeted();

        call.model(new ModelEvent.Complaint(Trouble.BENIGN, "response_cancel_not_active"));
        call.model(new ModelEvent.Complaint(Trouble.PASSING, "rate_limit_exceeded"));
        assertThat(call.connections).hasSize(1);
        call.model(new ModelEvent.Complaint(Trouble.LASTING, "insufficient_quota"));
        assertThat(call.wire).contains("model close", "model connect again 1");
        call.losesEveryModel(Trouble.LASTING, "insufficient_quota");

        assertThat(call.wire).endsWith("caller close MODEL_REFUSED");
    }

    @Test
    void whatWasHeardWhenTheCallerHungUpIsInTheTranscript() {
        var call = TestCall.greeted();
        call.callerStops();
        call.created("r1");
        call.words("r1", "a1", "one two three four five six seven eight nine ten");
        call.speaks("r1", "a1", 1000);
        call.model(new ModelEvent.AssistantItemDone("r1", "a1"));
        call.session.onMark("g1-7");
        call.session.onMark("g1-8");

        call.session.onStop();

        assertThat(call.turns.getLast().text()).isEqualTo("one two three four");
        assertThat(call.turns.getLast().interrupted()).isTrue();
    }

    @Test
    void aDefectEndsTheCallAndSaysSo() {
        var call = TestCall.greeted();

        call.session.fail(new IllegalStateException("a bug"));

        assertThat(call.events(CallEvent.Bug.class)).hasSize(1);
        assertThat(call.wire).endsWith("journal ended BUG", "caller close BUG");
    }

    @Test
    void theEndTellsHowLongTheCallLastedAndWhenItWasFirstHeard() {
        var call = TestCall.begun();
        call.time.passMillis(100);
        call.lookup.complete(new CallContextLookup.Answer.Found(TestCall.JANE));
        call.model(new ModelEvent.Ready());
        call.time.passMillis(300);
        call.created("r1");
        call.speaks("r1", "a1", 200);
        call.time.passMillis(600);

        call.session.onStop();

        var ended = call.events(CallEvent.Ended.class).getFirst();
        assertThat(ended.duration()).hasMillis(1000);
        assertThat(ended.firstAudio()).contains(Duration.ofMillis(400));
    }

    /// 1.5 s of goodbye are on their way to the caller.
    private static TestCall sayingGoodbye() {
        var call = TestCall.greeted();
        call.callerStops();
        call.created("r1");
        call.words("r1", "a1", "Goodbye, Jane.");
        call.speaks("r1", "a1", 1500);
        call.model(new ModelEvent.AssistantItemDone("r1", "a1"));
        call.asksFor("r1", "bye", "end_call");
        call.done("r1", Status.COMPLETED);
        return call;
    }
}
