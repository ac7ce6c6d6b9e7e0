package org.telephonystack.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.telephonystack.simulator.script.ModelStep.say;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.telephonystack.simulator.phone.CallRecord;
import org.telephonystack.simulator.phone.CallerPlan;
import org.telephonystack.simulator.phone.StreamEnd;
import org.telephonystack.simulator.script.CallerStep;
import org.telephonystack.simulator.script.ModelQuirk;
import org.telephonystack.simulator.script.ModelScript;
import org.telephonystack.simulator.script.ModelStep;
import org.telephonystack.simulator.webhook.CallbackFaults;
import org.telephonystack.simulator.webhook.WebhookReply;
import org.telephonystack.simulator.world.World;

import java.time.Duration;
import java.util.List;

/// Callers who are cut off get one text; callers who hang up get none.
@ExtendWith(Worlds.class)
class LostCallIT {

    private static final Duration SOON = Duration.ofSeconds(20);

    /// "One moment, please", when a slow machine looks for other models for more than a second and a half.
    private static final long ONE_MOMENT_BYTES = 15_496;

    private static final CallerStep WAIT = new CallerStep.WaitForAssistant();
    private static final CallerStep WAIT_FOR_END = new CallerStep.WaitForEnd();

    @Test
    void aModelThatRefusesTheSessionCostsTheCallerAnApologyAndBringsOneText(World world) {
        var calls = new Calls(world);
        String number = Calls.newNumber();

        CallRecord record =
                calls.play(
                        number,
                        ModelScript.greeting(say("Never said."))
                                .with(ModelQuirk.REFUSE_SESSION_UPDATE),
                        WAIT_FOR_END);

        assertThat(endReason(calls, record)).isEqualTo("model_refused");
        assertThat(calls.outcome(record.callSid())).isEqualTo("model_failed");
        assertThat(record.streams().getFirst().soundBytes())
                .as("sound in the wrong format: at most our own recorded sentence was heard")
                .isLessThanOrEqualTo(ONE_MOMENT_BYTES);
        apologisedAndTextedOnce(world, calls, record);
    }

    @Test
    void aModelThatDropsAndStaysAwayBringsOneTextWithEveryCallbackDoubledAndReordered(World world) {
        var calls = new Calls(world);
        String number = Calls.newNumber();
        ModelScript drops =
                ModelScript.greeting(say("Hello, how can I help you today?"))
                        .onHearing(
                                "book",
                                new ModelStep.DropMidAnswer(
                                        "Of course, let me look at the calendar.", true));

        CallRecord record =
                calls.play(
                        CallerPlan.from(number)
                                .callbackFaults(CallbackFaults.doubledAndReordered()),
                        drops,
                        WAIT,
                        new CallerStep.Say("book"),
                        WAIT_FOR_END);

        assertThat(endReason(calls, record)).isEqualTo("model_lost");
        assertThat(calls.outcome(record.callSid())).isEqualTo("model_failed");
        apologisedAndTextedOnce(world, calls, record);
        assertThat(world.stack().action().lines())
                .anyMatch(line ->
                        line.contains(
                                "[Recovery] ⚠️ Call failed for "
                                        + number
                                        + ". Initiating SMS recovery..."))
                .anyMatch(line ->
                        line.contains("[Recovery] ✅ SMS sent | ")
                                && line.contains(record.callSid()));
    }

    @Test
    void aCallerWhoHangsUpMidSentenceLeavesNothingOpenAndGetsNoText(World world) {
        var calls = new Calls(world);
        String number = Calls.newNumber();

        CallRecord record =
                calls.play(
                        number,
                        ModelScript.greeting(
                                say(
                                        "Hello and welcome to Riverside Dental, how may I help you today?")),
                        new CallerStep.HangUpOnAssistant(Duration.ofMillis(400)));

        assertThat(record.streams().getFirst().end()).contains(StreamEnd.STOPPED);
        assertThat(calls.outcome(record.callSid())).isEqualTo("caller_hung_up");
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(world.model().connectionsOf(number))
                                .singleElement()
                                .satisfies(model ->
                                        assertThat(model.closeCode()).contains((short) 1000)));
        assertThat(world.twilio().messagesTo(number)).isEmpty();
        assertThat(calls.rows("select 1 from sms_outbox where call_sid = ?", record.callSid()))
                .isEmpty();
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(
                                        calls.rows(
                                                "select interrupted from call_turns where call_sid = ? and role = 'assistant'",
                                                record.callSid()))
                                .singleElement()
                                .satisfies(turn ->
                                        assertThat(turn.columns())
                                                .containsEntry("interrupted", "true")));
    }

    @Test
    void whoeverRepliesStopGetsNoFurtherTextAndNoAnswer(World world) {
        var calls = new Calls(world);
        String number = Calls.newNumber();
        ModelScript refused =
                ModelScript.greeting(say("Never said.")).with(ModelQuirk.REFUSE_SESSION_UPDATE);
        calls.play(number, refused, WAIT_FOR_END);
        world.twilio().awaitMessageTo(number, SOON).join();

        WebhookReply reply = world.twilio().receiveSms(number, "STOP").join();
        CallRecord second = calls.play(number, refused, WAIT_FOR_END);

        assertThat(reply.code()).isEqualTo(204);
        assertThat(calls.outcome(second.callSid())).isEqualTo("model_failed");
        assertThat(
                        calls.awaitRows(
                                rows -> !rows.isEmpty(),
                                "select state from sms_outbox where call_sid = ?",
                                second.callSid()))
                .singleElement()
                .satisfies(row -> assertThat(row.columns()).containsEntry("state", "skipped"));
        assertThat(world.twilio().messagesTo(number)).hasSize(1);
    }

    private static String endReason(Calls calls, CallRecord record) {
        return calls.awaitRows(
                        rows ->
                                rows.size() == 1
                                        && !rows.getFirst().get("end_reason").equals("null"),
                        "select end_reason from calls where call_sid = ?",
                        record.callSid())
                .getFirst()
                .get("end_reason");
    }

    private static void apologisedAndTextedOnce(World world, Calls calls, CallRecord record) {
        List<String> said = record.textsOf(org.telephonystack.simulator.phone.CallEvent.Kind.SAY);
        assertThat(said).isNotEmpty();
        world.twilio().awaitMessageTo(record.from(), SOON).join();
        calls.awaitRows(
                rows -> rows.size() == 1 && rows.getFirst().get("state").equals("sent"),
                "select state from sms_outbox where call_sid = ?",
                record.callSid());
        assertThat(world.twilio().messagesTo(record.from())).hasSize(1);
    }
}
