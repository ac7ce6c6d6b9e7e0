package org.telephonystack.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.telephonystack.simulator.script.ModelStep.call;
import static org.telephonystack.simulator.script.ModelStep.say;
import static org.telephonystack.simulator.script.ModelStep.sayScriptOf;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.telephonystack.simulator.model.ModelTurn;
import org.telephonystack.simulator.phone.CallRecord;
import org.telephonystack.simulator.phone.CallerPlan;
import org.telephonystack.simulator.script.CallerStep;
import org.telephonystack.simulator.script.ModelScript;
import org.telephonystack.simulator.world.World;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/// Everything the assistant can do, done in whole calls; what calls were about afterwards.
@ExtendWith(Worlds.class)
class EveryToolIT {

    private static final CallerStep WAIT = new CallerStep.WaitForAssistant();

    @Test
    void oneCallerHasEverythingDoneThatCanBeDone(World world) {
        var calls = new Calls(world);
        String number = Calls.newNumber();
        String later =
                LocalDate.now(ZoneId.of("America/New_York")).plusDays(31).atTime(11, 0).toString();
        ModelScript script =
                ModelScript.greeting(say("Hello!"))
                        .onHearing(
                                "book",
                                call("check_schedule", Map.of("service", "cleaning")),
                                sayScriptOf("check_schedule"))
                        .onHearing(
                                "works for me",
                                call(
                                        "create_booking",
                                        Map.of(
                                                "time", "${check_schedule.slot}",
                                                "service", "cleaning")),
                                sayScriptOf("create_booking"))
                        .onHearing(
                                "anything else",
                                call("list_bookings"),
                                call("create_ticket", Map.of("subject", "Crown came loose")),
                                call("take_message", Map.of("message", "Please call back")),
                                call("send_booking_link"),
                                sayScriptOf("list_bookings"))
                        .onHearing(
                                "cancel",
                                call("reschedule_booking", Map.of("newTime", later)),
                                sayScriptOf("reschedule_booking"),
                                call("cancel_booking"),
                                sayScriptOf("cancel_booking"))
                        .onHearing(
                                "ticket solved", call("list_tickets"), sayScriptOf("list_tickets"))
                        .onHearing("bye", say("Goodbye!"), call("end_call"));

        CallRecord record =
                calls.play(
                        number,
                        script,
                        WAIT,
                        new CallerStep.Say("book"),
                        WAIT,
                        new CallerStep.Say("yes"),
                        WAIT,
                        new CallerStep.Say("another"),
                        WAIT,
                        new CallerStep.Say("cancel"),
                        WAIT,
                        new CallerStep.Say("tickets"),
                        WAIT,
                        new CallerStep.Say("thanks"),
                        new CallerStep.WaitForEnd());

        assertThat(calls.outcome(record.callSid())).isEqualTo("completed");
        assertThat(
                        calls
                                .rows(
                                        "select action, outcome from tool_calls where call_sid = ? order by action",
                                        record.callSid())
                                .stream()
                                .map(row -> row.get("action") + " " + row.get("outcome")))
                .containsExactly(
                        "cancel_booking success",
                        "check_schedule success",
                        "create_booking success",
                        "create_ticket success",
                        "list_bookings success",
                        "list_tickets success",
                        "reschedule_booking success",
                        "send_booking_link success",
                        "take_message success");
        assertThat(calls.rows("select status from bookings where client_phone = ?", number))
                .singleElement()
                .satisfies(row -> assertThat(row.get("status")).isEqualTo("cancelled"));
        assertThat(world.twilio().awaitMessageTo(number, Duration.ofSeconds(20)).join().body())
                .contains("https://riverside-dental.example/book");
        assertThat(turns(world, number))
                .anyMatch(turn -> turn.said().contains("Crown came loose"))
                .anyMatch(turn -> turn.said().endsWith("is cancelled."));
        calls.awaitRows(
                rows ->
                        rows.size() == 1
                                && rows.getFirst().get("state").equals("done")
                                && rows.getFirst().get("sentiment").equals("positive"),
                "select state, sentiment from call_analyses where call_sid = ?",
                record.callSid());
        assertThat(
                        calls.rows(
                                "select responses from call_usage where call_sid = ? and audio_out > 0",
                                record.callSid()))
                .hasSize(1);
        assertThat(calls.logLines(record.callSid()))
                .anyMatch(line -> line.contains("[Action] 🧾 Call Analysis | Result: done"));
    }

    /// A number that nobody vouches for opens nothing, and the model is not told what would.
    @Test
    void whoeverCallsFromANumberThatMayBeForgedSaysTheirLastNameFirst(World world) {
        var calls = new Calls(world);
        String number = Calls.newNumber();
        calls.execute(
                "insert into clients (phone, first_name, last_name) values (?, 'Ottilie', 'Quartermaine')",
                number);
        ModelScript script =
                ModelScript.greeting(say("Hi Ottilie!"))
                        .onHearing(
                                "ticket solved", call("list_tickets"), sayScriptOf("list_tickets"))
                        .onHearing(
                                "works for me",
                                call("list_tickets", Map.of("name", "Ottilie Quartermaine")),
                                sayScriptOf("list_tickets"));

        CallRecord record =
                calls.play(
                        CallerPlan.from(number).parameter("StirVerstat", "TN-Validation-Passed-B"),
                        script,
                        WAIT,
                        new CallerStep.Say("tickets"),
                        WAIT,
                        new CallerStep.Say("yes"),
                        WAIT,
                        new CallerStep.HangUp());

        assertThat(world.model().connectionsOf(number))
                .isNotEmpty()
                .allSatisfy(model ->
                        assertThat(model.instructions())
                                .contains("Ottilie")
                                .doesNotContain("Quartermaine"));
        assertThat(turns(world, number))
                .anyMatch(turn -> turn.said().contains("please tell me your last name"))
                .anyMatch(turn -> turn.said().contains("any open support tickets"));
        assertThat(calls.outcome(record.callSid())).isEqualTo("caller_hung_up");
    }

    /// Of every connection the call had.
    private static List<ModelTurn> turns(World world, String number) {
        return world.model().connectionsOf(number).stream()
                .peek(model -> assertThat(model.violations()).isEmpty())
                .flatMap(model -> model.turns().stream())
                .toList();
    }
}
