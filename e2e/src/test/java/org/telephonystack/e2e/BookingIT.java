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
import org.telephonystack.simulator.script.ModelScript;
import org.telephonystack.simulator.world.World;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/// Callers who want an appointment.
@ExtendWith(Worlds.class)
class BookingIT {

    private static final CallerStep WAIT = new CallerStep.WaitForAssistant();
    private static final CallerStep[] BOOKS = {
        WAIT,
        new CallerStep.Say("book"),
        WAIT,
        new CallerStep.Say("yes"),
        WAIT,
        new CallerStep.Say("thanks"),
        new CallerStep.WaitForEnd()
    };

    private static ModelScript books(String greeting) {
        return ModelScript.greeting(say(greeting))
                .onHearing(
                        "book",
                        say("Let me look."),
                        call("check_schedule", Map.of("service", "cleaning")),
                        sayScriptOf("check_schedule"))
                .onHearing(
                        "yes",
                        call(
                                "create_booking",
                                Map.of("time", "${check_schedule.slot}", "service", "cleaning")),
                        sayScriptOf("create_booking"))
                .onHearing("bye", say("Thank you for calling. Goodbye!"), call("end_call"));
    }

    @Test
    void aKnownCallerBooksAndHearsWhatIsStored(World world) {
        var calls = new Calls(world);

        CallRecord record = calls.play("+14155550199", books("Hi Maria, how can I help?"), BOOKS);

        assertThat(calls.outcome(record.callSid())).isEqualTo("completed");
        var bookings = calls.rows("select * from bookings where client_phone = ?", "+14155550199");
        assertThat(bookings).hasSize(1);
        assertThat(bookings.getFirst().columns())
                .containsEntry("status", "confirmed")
                .containsEntry("service_type", "cleaning")
                .containsEntry("call_sid", record.callSid());
        assertThat(bookings.getFirst().get("slot")).isNotEqualTo("null");
        assertThat(record.endedBy()).isEqualTo("twiml");
        assertThat(world.twilio().messagesTo("+14155550199")).isEmpty();
        assertThat(textsOf(calls, record, "caller"))
                .contains("Hi, I'd like to book a cleaning, please.");
        assertThat(textsOf(calls, record, "assistant"))
                .last()
                .isEqualTo("Thank you for calling. Goodbye!");
        theModelWasServedWell(world, "+14155550199");
    }

    @Test
    void aKnownCallersNameAndTicketsAreInTheInstructionsBeforeTheGreeting(World world) {
        var calls = new Calls(world);
        calls.execute(
                "insert into tickets (client_id, subject, status) select id, 'Crown came loose', 'open'"
                        + " from clients where phone_e164 = ?",
                "+14155550142");

        CallRecord record =
                calls.play(
                        "+14155550142",
                        ModelScript.greeting(say("Hi John.")),
                        WAIT,
                        new CallerStep.HangUp());

        ModelConnection model = world.model().connectionsOf("+14155550142").getLast();
        assertThat(model.instructions())
                .contains("LIVE CONTEXT")
                .contains("John")
                .contains("Crown came loose");
        assertThat(calls.logLines(record.callSid()))
                .anyMatch(
                        line -> line.contains("[Stream] 👤 Client Identified | Client: John Doe"));
    }

    @Test
    void anUnknownCallerBooksToo(World world) {
        var calls = new Calls(world);
        String number = Calls.newNumber();

        CallRecord record = calls.play(number, books("Hi there, how can I help?"), BOOKS);

        assertThat(calls.outcome(record.callSid())).isEqualTo("completed");
        assertThat(calls.rows("select 1 from bookings where client_phone = ?", number)).hasSize(1);
        assertThat(calls.logLines(record.callSid()))
                .noneMatch(line -> line.contains("Client Identified"));
        theModelWasServedWell(world, number);
    }

    @Test
    void ofTwoCallersWhoWantTheLastPlaceOneGetsItAndTheOtherIsOfferedAnother(World world) {
        var calls = new Calls(world);
        var zone = ZoneId.of("America/New_York");
        var start = LocalDate.now(zone).plusDays(20).atTime(10, 0).atZone(zone).toOffsetDateTime();
        calls.execute(
                "insert into bookings (client_phone, scheduled_time, service_type, status, resource_id, slot)"
                        + " select '+18005550000', ?, 'general', 'confirmed', id, tstzrange(?, ?, '[)') from resources"
                        + " order by name limit (select count(*) - 1 from resources)",
                start,
                start,
                start.plusHours(1));
        ModelScript wants =
                ModelScript.greeting(say("Hello!"))
                        .onHearing(
                                "book",
                                call(
                                        "create_booking",
                                        Map.of("time", start.toString(), "service", "cleaning")),
                                sayScriptOf("create_booking"));
        CallerStep[] steps = {WAIT, new CallerStep.Say("book"), WAIT, new CallerStep.HangUp()};
        String one = Calls.newNumber();
        String other = Calls.newNumber();

        var first = calls.start(CallerPlan.from(one), wants, steps);
        var second = calls.start(CallerPlan.from(other), wants, steps);
        List<CallRecord> records = List.of(Calls.done(first), Calls.done(second));

        assertThat(
                        calls.rows(
                                "select client_phone from bookings where client_phone in (?, ?) and status = 'confirmed'",
                                one,
                                other))
                .hasSize(1);
        String loser =
                calls.rows("select 1 from bookings where client_phone = ?", one).isEmpty()
                        ? one
                        : other;
        String winner = loser.equals(one) ? other : one;
        assertThat(lastSaid(world, winner)).contains("is booked");
        assertThat(lastSaid(world, loser))
                .doesNotContain("is booked")
                .as("another slot is offered")
                .contains("slot available");
        assertThat(records).allMatch(record -> record.status().equals("completed"));
    }

    private static String lastSaid(World world, String number) {
        return world.model().connectionsOf(number).getLast().turns().getLast().said();
    }

    private static List<String> textsOf(Calls calls, CallRecord record, String role) {
        return calls
                .rows(
                        "select content from call_turns where call_sid = ? and role = ? order by seq",
                        record.callSid(),
                        role)
                .stream()
                .map(row -> row.get("content"))
                .toList();
    }

    private static void theModelWasServedWell(World world, String number) {
        for (ModelConnection connection : world.model().connectionsOf(number)) {
            assertThat(connection.violations()).isEmpty();
            assertThat(connection.closeCode()).contains((short) 1000);
        }
    }
}
