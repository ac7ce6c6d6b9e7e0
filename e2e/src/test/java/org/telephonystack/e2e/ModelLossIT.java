package org.telephonystack.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.telephonystack.simulator.script.ModelStep.call;
import static org.telephonystack.simulator.script.ModelStep.say;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.telephonystack.simulator.phone.CallRecord;
import org.telephonystack.simulator.phone.CallerPlan;
import org.telephonystack.simulator.script.CallerStep;
import org.telephonystack.simulator.script.ModelScript;
import org.telephonystack.simulator.script.ModelStep;
import org.telephonystack.simulator.world.World;

import java.time.Duration;

/// A model that goes in the middle of a call is replaced, and the caller gets what they called for.
@ExtendWith(Worlds.class)
class ModelLossIT {

    /// Both are less than a silent caller is given, and more than a busy machine takes.
    private static final Duration AT_ONCE = Duration.ofSeconds(6);

    private static final Duration AFTER_FIVE_SECONDS = Duration.ofSeconds(12);

    private static final CallerStep WAIT = new CallerStep.WaitForAssistant();

    @Test
    void aCallOutlivesItsModelHoweverThatGoes(World world) {
        var calls = new Calls(world);
        var dropped =
                calls.start(
                        CallerPlan.from(Calls.newNumber()),
                        script(
                                new ModelStep.DropMidAnswer(
                                        "We are open Monday to Friday from nine to five.", false)),
                        steps(AT_ONCE));
        var expired =
                calls.start(
                        CallerPlan.from(Calls.newNumber()),
                        script(say("One moment, please."), new ModelStep.Expire()),
                        steps(AT_ONCE));
        var stalled =
                calls.start(
                        CallerPlan.from(Calls.newNumber()),
                        script(say("One moment, please."), new ModelStep.Stall()),
                        steps(AFTER_FIVE_SECONDS));

        wentOn(calls, Calls.done(dropped), "socket_broken");
        wentOn(calls, Calls.done(expired), "session_expired");
        wentOn(calls, Calls.done(stalled), "stalled");
    }

    private static void wentOn(Calls calls, CallRecord record, String cause) {
        assertThat(
                        calls.awaitRows(
                                        rows -> !rows.isEmpty(),
                                        "select end_reason from calls where call_sid = ? and end_reason is not null",
                                        record.callSid())
                                .getFirst()
                                .get("end_reason"))
                .as(cause)
                .isEqualTo("assistant_ended");
        assertThat(
                        calls.awaitRows(
                                        rows -> !rows.isEmpty(),
                                        "select details ->> 'cause' as cause from call_incidents "
                                                + "where kind = 'model_replaced' and call_sid = ?",
                                        record.callSid())
                                .getFirst()
                                .get("cause"))
                .isEqualTo(cause);
        assertThat(calls.logLines(record.callSid()))
                .anyMatch(line -> line.contains("[Stream] 🔀 Model Replaced | "));
    }

    private static ModelScript script(ModelStep... answer) {
        return ModelScript.greeting(say("Hello, how can I help you today?"))
                .onHearing("book", answer)
                .onHearing("thank", say("Goodbye!"), call("end_call"));
    }

    /// The caller says "thanks" once the assistant, whichever model it is, has answered after all.
    private static CallerStep[] steps(Duration replaced) {
        return new CallerStep[] {
            WAIT,
            new CallerStep.Say("book"),
            WAIT,
            new CallerStep.Pause(replaced),
            new CallerStep.Say("thanks"),
            new CallerStep.WaitForEnd()
        };
    }
}
