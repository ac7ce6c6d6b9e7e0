package org.telephonystack.stream.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.telephonystack.model.tool.ToolResult;
import org.telephonystack.stream.call.ModelEvent.Status;

import java.util.Map;

class HandOverTest {

    private static final String HANDED_OVER = "caller close HANDED_OVER";

    @Test
    void aCallInWhichNobodySpeaksGoesAtOnce() {
        var call = TestCall.greeted();

        call.session.handOver();

        assertThat(call.wire)
                .containsExactly("model close", "journal ended HANDED_OVER", HANDED_OVER);
    }

    @Test
    void aCallThatIsNotGreetedYetGoesAtOnce() {
        var call = TestCall.begun();

        call.session.handOver();

        assertThat(call.wire).endsWith(HANDED_OVER);
    }

    @Test
    void theGreetingIsHeardToItsEnd() {
        var call = TestCall.greeting();
        call.done("greeting", Status.COMPLETED);

        call.session.handOver();
        assertThat(call.session.isOver()).isFalse();
        call.heardEverything();

        assertThat(call.wire).endsWith(HANDED_OVER);
    }

    @Test
    void whatTheCallerIsSayingIsAnsweredAndTheAnswerHeard() {
        var call = TestCall.greeted();
        call.callerSpeaks();

        call.session.handOver();
        call.callerStops();
        call.created("r1");
        call.words("r1", "item-r1", "At three.");
        call.speaks("r1", "item-r1", 400);
        call.model(new ModelEvent.AssistantItemDone("r1", "item-r1"));
        call.done("r1", Status.COMPLETED);
        assertThat(call.session.isOver()).isFalse();
        call.heardEverything();

        assertThat(call.wire).endsWith(HANDED_OVER);
        assertThat(call.turns.getLast().text()).isEqualTo("At three.");
        assertThat(call.turns.getLast().interrupted()).isFalse();
    }

    @Test
    void aToolThatRunsIsWaitedForAndItsResultSpoken() {
        var call = TestCall.greeted();
        call.callerStops();
        call.created("r1");
        call.asksFor("r1", "c1", "create_booking");
        call.done("r1", Status.COMPLETED);

        call.session.handOver();
        call.toolAnswer("c1").complete(ToolResult.success("You are booked.", Map.of()));
        assertThat(call.session.isOver()).isFalse();
        call.answers("r2", 300);
        assertThat(call.session.isOver()).isFalse();
        call.heardEverything();

        assertThat(call.wire).endsWith(HANDED_OVER);
    }

    @Test
    void keysThatAreStillBeingPressedAreAnsweredBeforeTheCallIsHandedOver() {
        var call = TestCall.greeted();
        call.session.onDtmf("1");

        call.session.handOver();
        assertThat(call.session.isOver()).isFalse();
        call.session.onDtmf("2");
        call.time.passMillis(2_000);
        assertThat(call.wire).endsWith("model respond ANSWER");
        call.answers("r1", 300);
        call.heardEverything();

        assertThat(call.wire).endsWith(HANDED_OVER);
    }

    @Test
    void keysThatTheCallerTalkedOverAreNotWaitedFor() {
        var call = TestCall.greeted();
        call.session.onDtmf("1");
        call.callerSpeaks();
        call.callerStops();
        call.answers("r1", 300);
        call.heardEverything();

        call.session.handOver();

        assertThat(call.wire).endsWith(HANDED_OVER);
    }

    @Test
    void wordsOfTheCallerThatAreNotWrittenDownYetAreWaitedFor() {
        var call = answeredBeforeTheCallersWordsAreKnown();

        call.session.handOver();
        assertThat(call.session.isOver()).isFalse();
        call.model(new ModelEvent.CallerTranscript("said", "Tuesday."));

        assertThat(call.wire).endsWith(HANDED_OVER);
        assertThat(call.turns).extracting(CallJournal.Turn::text).contains("Tuesday.");
    }

    @Test
    void wordsThatAreNeverWrittenDownDelayItByASecondAndAHalf() {
        var call = answeredBeforeTheCallersWordsAreKnown();

        call.session.handOver();
        call.time.passMillis(1_499);
        assertThat(call.session.isOver()).isFalse();
        call.time.passMillis(1);

        assertThat(call.wire).endsWith(HANDED_OVER);
    }

    @Test
    void aCallThatNeverBecomesQuietGoesAfterTwentySeconds() {
        var call = TestCall.greeted();
        call.callerSpeaks();

        call.session.handOver();
        call.time.passMillis(19_999);
        assertThat(call.session.isOver()).isFalse();
        call.time.passMillis(1);

        assertThat(call.wire).endsWith(HANDED_OVER);
    }

    @Test
    void aCallThatLosesItsModelMeanwhileIsHandedOverAllTheSame() {
        var call = TestCall.greeted();
        call.callerSpeaks();

        call.session.handOver();
        call.losesEveryModel(ModelEvent.Trouble.PASSING, "close_1006");

        assertThat(call.wire).endsWith(HANDED_OVER);
    }

    @Test
    void aCallerWhoHangsUpMeanwhileHasHungUp() {
        var call = TestCall.greeted();
        call.callerSpeaks();

        call.session.handOver();
        call.session.onStop();
        call.session.handOver();

        assertThat(call.wire).endsWith("caller close CALLER_HUNG_UP");
    }

    private static TestCall answeredBeforeTheCallersWordsAreKnown() {
        var call = TestCall.greeted();
        call.callerSpeaks();
        call.callerStops();
        call.model(new ModelEvent.CallerItem("said"));
        call.answers("r1", 200);
        call.heardEverything();
        return call;
    }
}
