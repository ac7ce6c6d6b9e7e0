package org.telephonystack.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.telephonystack.simulator.script.ModelStep.call;
import static org.telephonystack.simulator.script.ModelStep.say;
import static org.telephonystack.simulator.script.ModelStep.sayScriptOf;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.telephonystack.simulator.model.ModelConnection;
import org.telephonystack.simulator.phone.CallRecord;
import org.telephonystack.simulator.phone.CallerPlan;
import org.telephonystack.simulator.script.CallerStep;
import org.telephonystack.simulator.script.ModelQuirk;
import org.telephonystack.simulator.script.ModelScript;
import org.telephonystack.simulator.world.World;

import java.util.List;
import java.util.Map;

/// A model that does several things at once, and things in an order one does not expect.
@ExtendWith(Worlds.class)
class ModelOrderIT {

    private static final CallerStep WAIT = new CallerStep.WaitForAssistant();
    private static final String OFFER = "Shall I text you our booking link?";

    @Test
    void wordsThatAreWrittenDownAfterTheirAnswerStandBeforeItInTheRecord(World world) {
        var calls = new Calls(world);

        CallRecord record =
                calls.play(
                        Calls.newNumber(),
                        ModelScript.greeting(say("Hello! How can I help you today?"))
                                .onHearing("book", say(OFFER))
                                .with(ModelQuirk.LATE_TRANSCRIPTION),
                        WAIT,
                        new CallerStep.Say("book"),
                        WAIT,
                        new CallerStep.HangUp());

        ModelConnection model = world.model().connectionsOf(record.from()).getFirst();
        assertThat(nanos(model, "conversation.item.input_audio_transcription.completed"))
                .as("the transcript came after the answer")
                .isGreaterThan(nanos(model, "response.done", 1));
        assertThat(
                        calls
                                .awaitRows(
                                        rows -> rows.size() >= 3,
                                        "select role || ': ' || content as turn from call_turns "
                                                + "where call_sid = ? and role <> 'tool' order by attempt, seq",
                                        record.callSid())
                                .stream()
                                .map(row -> row.get("turn")))
                .containsExactly(
                        "assistant: Hello! How can I help you today?",
                        "caller: Hi, I'd like to book a cleaning, please.",
                        "assistant: " + OFFER);
    }

    @Test
    void twoToolsOfOneResponseAreBothAnsweredBeforeOneNextResponse(World world) {
        var calls = new Calls(world);

        CallRecord record =
                calls.play(
                        CallerPlan.from(Calls.newNumber()),
                        ModelScript.greeting(say("Hello! How can I help you today?"))
                                .onHearing(
                                        "book",
                                        call("check_schedule", Map.of("service", "cleaning")),
                                        call("list_tickets"),
                                        sayScriptOf("list_tickets"),
                                        sayScriptOf("check_schedule")),
                        WAIT,
                        new CallerStep.Say("book"),
                        WAIT,
                        new CallerStep.HangUp());

        ModelConnection model = world.model().connectionsOf(record.from()).getFirst();
        List<String> orders =
                model.received().stream()
                        .filter(event ->
                                event.body()
                                                .at("/item/type")
                                                .asText()
                                                .equals("function_call_output")
                                        || event.type().equals("response.create"))
                        .map(event -> event.type())
                        .toList();
        assertThat(orders)
                .as("greeting, both results, one answer")
                .startsWith(
                        "response.create",
                        "conversation.item.create",
                        "conversation.item.create",
                        "response.create");
        assertThat(model.turns().get(2).said())
                .as("both results are told")
                .contains("support tickets", "slot available");
        assertThat(model.violations()).isEmpty();
        assertThat(calls.outcome(record.callSid())).isEqualTo("caller_hung_up");
    }

    private static long nanos(ModelConnection model, String type) {
        return nanos(model, type, 0);
    }

    private static long nanos(ModelConnection model, String type, int index) {
        return model.sent(type).get(index).nanos();
    }
}
