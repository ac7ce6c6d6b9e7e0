package org.telephonystack.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.telephonystack.simulator.script.ModelStep.call;
import static org.telephonystack.simulator.script.ModelStep.say;
import static org.telephonystack.simulator.script.ModelStep.sayScriptOf;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.telephonystack.simulator.phone.CallEvent;
import org.telephonystack.simulator.phone.CallRecord;
import org.telephonystack.simulator.phone.CallerPlan;
import org.telephonystack.simulator.phone.CallerPlan.DialAnswer;
import org.telephonystack.simulator.script.CallerStep;
import org.telephonystack.simulator.script.ModelScript;
import org.telephonystack.simulator.world.World;

import java.time.Duration;

/// Callers who want to speak with a person.
@ExtendWith(Worlds.class)
class TransferIT {

    private static final String PERSON = "+14155550123";
    static final ModelScript HANDS_OVER =
            ModelScript.greeting(say("Hello!"))
                    .onHearing(
                            "real person",
                            call("transfer_to_human"),
                            sayScriptOf("transfer_to_human"));
    static final CallerStep[] ASKS_FOR_A_PERSON = {
        new CallerStep.WaitForAssistant(),
        new CallerStep.Say("human"),
        new CallerStep.WaitForAssistant(),
        new CallerStep.WaitForEnd()
    };

    @Test
    void aPersonWhoAnswersHasTheCall(World world) {
        Calls calls = atAnyHour(world);
        String number = Calls.newNumber();

        CallRecord record =
                calls.play(
                        CallerPlan.from(number)
                                .human(
                                        new DialAnswer(
                                                "completed",
                                                Duration.ofMillis(500),
                                                Duration.ofSeconds(1))),
                        HANDS_OVER,
                        ASKS_FOR_A_PERSON);

        assertThat(record.textsOf(CallEvent.Kind.DIAL)).containsExactly(PERSON);
        assertThat(record.textsOf(CallEvent.Kind.RECORD)).isEmpty();
        assertThat(record.textsOf(CallEvent.Kind.COMPLAINT)).isEmpty();
        assertThat(calls.outcome(record.callSid())).isEqualTo("transferred");
        assertThat(reason(calls, record)).isEqualTo("transfer");
        assertThat(
                        calls.rows(
                                "select 1 from call_events where parent_call_sid = ?",
                                record.callSid()))
                .hasSize(4);
        assertThat(world.twilio().messagesTo(number)).isEmpty();
    }

    @Test
    void whereNobodyAnswersAMessageIsTakenFetchedAndKept(World world) {
        Calls calls = atAnyHour(world);
        String number = Calls.newNumber();

        CallRecord record =
                calls.play(
                        CallerPlan.from(number)
                                .human(
                                        new DialAnswer(
                                                "no-answer",
                                                Duration.ofMillis(500),
                                                Duration.ZERO)),
                        HANDS_OVER,
                        ASKS_FOR_A_PERSON);

        assertThat(record.textsOf(CallEvent.Kind.DIAL)).containsExactly(PERSON);
        assertThat(record.textsOf(CallEvent.Kind.RECORD)).hasSize(1);
        assertThat(record.textsOf(CallEvent.Kind.COMPLAINT)).isEmpty();
        assertThat(calls.outcome(record.callSid())).isEqualTo("voicemail");
        assertThat(reason(calls, record)).isEqualTo("transfer_voicemail");
        String sid =
                calls.awaitRows(
                                rows ->
                                        rows.size() == 1
                                                && rows.getFirst().get("state").equals("fetched"),
                                "select recording_sid, state from recordings where call_sid = ? and seconds > 0",
                                record.callSid())
                        .getFirst()
                        .get("recording_sid");
        assertThat(world.twilio().recordingRequests()).contains("GET " + sid + ".wav");
        assertThat(world.twilio().messagesTo(number)).isEmpty();
    }

    /// A person is there around the clock, so that this can be tried at night.
    static Calls atAnyHour(World world) {
        var calls = new Calls(world);
        calls.execute("update opening_hours set opens = '00:00', closes = '23:59:59'");
        return calls;
    }

    private static String reason(Calls calls, CallRecord record) {
        return calls.rows("select outcome_reason from calls where call_sid = ?", record.callSid())
                .getFirst()
                .get("outcome_reason");
    }
}
