package org.telephonystack.action.tool.http;

import static io.restassured.RestAssured.given;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.telephonystack.action.business.BusinessStore;
import org.telephonystack.action.business.Businesses;
import org.telephonystack.action.wiring.ActionTest;
import org.telephonystack.action.wiring.ActionTestDatabase;
import org.telephonystack.action.wiring.TestDatabase;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/// Maria Lee calls from her number, or somebody who only shows it.
@ActionTest
class AppointmentToolsTest {

    private static final ZoneId ZONE = ZoneId.of("America/New_York");
    private static final String CALL = "CA" + "a990".repeat(8);
    private static final String CALLER = "+14155550177";

    private final ToolCalls calls = new ToolCalls(CALL);

    @Inject TestDatabase database;
    @Inject BusinessStore businesses;

    private final OffsetDateTime three =
            LocalDate.now(ZONE).plusDays(2).atTime(15, 0).atZone(ZONE).toOffsetDateTime();
    private final OffsetDateTime four = three.plusHours(1);

    @BeforeEach
    void mariaHasAnAppointmentAtThree() {
        clean();
        ToolCalls.apply(businesses, Businesses.in("America/New_York"));
        database.execute("insert into calls (call_sid, caller) values ($1, $2)", CALL, CALLER);
        database.execute(
                "insert into clients (phone, first_name, last_name) values ($1, 'Maria', 'Lee')",
                CALLER);
        book(CALLER, three);
    }

    @AfterEach
    void clean() {
        for (String table :
                new String[] {
                    "tool_calls", "bookings", "resources", "services", "business", "call_events"
                }) {
            database.execute("delete from " + table);
        }
        database.execute("delete from calls where call_sid = $1", CALL);
        database.execute("delete from clients where phone = $1", CALLER);
    }

    @Test
    void withoutASecondFactNothingIsReadBackAndNothingChanges() {
        for (String tool : new String[] {"list_bookings", "cancel_booking"}) {
            calls.call(tool, Map.of())
                    .body("outcome", equalTo("error"))
                    .body("reason", equalTo("proof_needed"))
                    .body("bookings", nullValue())
                    .body("script", containsString("please tell me your last name"));
        }
        calls.call("reschedule_booking", Map.of("newTime", four.toString(), "name", "Maria"))
                .body("reason", equalTo("proof_failed"));

        assertThat(confirmedAt(three)).isEqualTo(1);
    }

    @Test
    void theLastNameOpensTheList() {
        calls.call("list_bookings", Map.of("name", "maria lee"))
                .body("outcome", equalTo("success"))
                .body("bookings", hasSize(1))
                .body("bookings[0].slot", equalTo(iso(three)))
                .body(
                        "script",
                        equalTo(
                                "You have one upcoming appointment: general on %s."
                                        .formatted(spoken(three))));
    }

    @Test
    void theNetworksWordOpensTheList() {
        attest("TN-Validation-Passed-A");

        calls.call("list_bookings", Map.of()).body("bookings", hasSize(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TN-Validation-Passed-B",
                "TN-Validation-Failed-A",
                "TN-Validation-Passed-A-Diverted",
                "No-TN-Validation"
            })
    void anythingLessOfTheNetworkOpensNothing(String verstat) {
        attest(verstat);

        calls.call("list_bookings", Map.of()).body("reason", equalTo("proof_needed"));
    }

    @Test
    void anAppointmentIsCancelledOnceAndTheSlotIsFreeAgain() {
        Map<String, Object> first =
                calls.call("cancel_booking", Map.of("time", local(three)))
                        .body("outcome", equalTo("success"))
                        .body(
                                "script",
                                equalTo(
                                        "Your general appointment on %s is cancelled."
                                                .formatted(spoken(three))))
                        .extract()
                        .path("$");

        assertThat(
                        calls.call("cancel_booking", Map.of("time", local(three)))
                                .extract()
                                .<Object>path("$"))
                .isEqualTo(first);
        assertThat(confirmedAt(three)).isZero();
        assertThat(
                        database.text(
                                "select outcome from tool_calls where call_sid = $1 and action = 'cancel_booking'",
                                CALL))
                .isEqualTo("success");
        book("+14155550100", three);
    }

    @Test
    void anAppointmentIsMovedAndKeepsItsId() {
        String id = database.text("select id::text from bookings");

        calls.call("reschedule_booking", Map.of("newTime", four.toString(), "time", local(three)))
                .body("outcome", equalTo("success"))
                .body("booking_id", equalTo(id))
                .body("slot", equalTo(iso(four)))
                .body(
                        "script",
                        equalTo(
                                "Your general appointment has been moved to %s."
                                        .formatted(spoken(four))));

        assertThat(confirmedAt(three)).isZero();
        assertThat(confirmedAt(four)).isEqualTo(1);
        assertThat(
                        database.count(
                                "select count(*) from bookings where slot = tstzrange($1, $2, '[)') and ends_at = $2",
                                four,
                                four.plusMinutes(30)))
                .isEqualTo(1);
        book("+14155550100", three);
    }

    @Test
    void anAppointmentCanMoveIntoItsOwnTime() {
        calls.call(
                        "reschedule_booking",
                        Map.of("newTime", three.plusMinutes(15).toString(), "name", "Lee"))
                .body("outcome", equalTo("success"));
    }

    @Test
    void anAppointmentStaysWhereTheNewTimeIsTaken() {
        book("+14155550100", four);

        calls.call("reschedule_booking", Map.of("newTime", four.toString(), "name", "Lee"))
                .body("outcome", equalTo("error"))
                .body("booking_id", nullValue())
                .body("slot", equalTo(iso(four.plusMinutes(30))))
                .body("script", containsString("is already taken"));

        assertThat(confirmedAt(three)).isEqualTo(1);
        assertThat(database.count("select count(*) from bookings")).isEqualTo(2);
    }

    /// The time has become free meanwhile: who was told "taken" is not moved behind their back.
    @Test
    void aRefusedMoveHearsTheSameAgain() {
        book("+14155550100", four);
        Map<String, String> wish = Map.of("newTime", four.toString(), "name", "Lee");
        Map<String, Object> first = calls.call("reschedule_booking", wish).extract().path("$");
        database.execute("delete from bookings where client_phone <> $1", CALLER);

        assertThat(calls.call("reschedule_booking", wish).extract().<Object>path("$"))
                .isEqualTo(first);
        assertThat(confirmedAt(three)).isEqualTo(1);
    }

    /// It came from the tables of the edge functions: with the move it gets what it lacked.
    @Test
    void anAppointmentWithoutARangeCanBeMoved() {
        database.execute("update bookings set slot = null, resource_id = null, ends_at = null");

        calls.call(
                        "reschedule_booking",
                        Map.of("newTime", three.plusMinutes(15).toString(), "name", "Lee"))
                .body("outcome", equalTo("success"));

        assertThat(
                        database.count(
                                "select count(*) from bookings where slot is not null and resource_id is not null"))
                .isEqualTo(1);
    }

    @Test
    void anAppointmentDoesNotMoveOntoOneWithoutARange() {
        database.execute(
                "insert into bookings (client_phone, scheduled_time) values ('+14155550100', $1)",
                four);

        calls.call("reschedule_booking", Map.of("newTime", four.toString(), "name", "Lee"))
                .body("outcome", equalTo("error"));
        assertThat(confirmedAt(three)).isEqualTo(1);
    }

    @Test
    void aTimeWhenNobodyIsThereIsRefused() {
        calls.call(
                        "reschedule_booking",
                        Map.of("newTime", three.withHour(22).toString(), "name", "Lee"))
                .body("outcome", equalTo("error"))
                .body("script", containsString("not open"));
    }

    @Test
    void ofTwoAppointmentsTheCallerHasToSayWhich() {
        book(CALLER, four);

        calls.call("cancel_booking", Map.of("name", "Lee"))
                .body("outcome", equalTo("error"))
                .body("bookings", hasSize(2))
                .body("script", containsString("Which appointment do you mean"));
        assertThat(database.count("select count(*) from bookings where status = 'confirmed'"))
                .isEqualTo(2);
    }

    @Test
    void appointmentsOfOthersAreOutOfReach() {
        book("+14155550100", four);

        calls.call("cancel_booking", Map.of("time", local(four)))
                .body("reason", equalTo("proof_failed"));
        assertThat(confirmedAt(four)).isEqualTo(1);
    }

    @Test
    void whoGuessesIsNotHeardAnyMore() {
        for (int guess = 0; guess < 5; guess++) {
            calls.call(
                            "cancel_booking",
                            Map.of("time", local(three.plusMinutes(5 + guess))),
                            "g" + guess)
                    .body("reason", equalTo("proof_failed"));
        }

        calls.call("cancel_booking", Map.of("time", local(three)), "right")
                .body("reason", equalTo("proof_failed"));
        assertThat(confirmedAt(three)).isEqualTo(1);
    }

    @Test
    void spanishIsSpokenWhereTheBusinessDoes() {
        ToolCalls.apply(businesses, Businesses.speaking(Businesses.in("America/New_York"), "es"));

        calls.call("cancel_booking", Map.of("name", "Lee"))
                .body("script", containsString("queda cancelada"));
    }

    private void attest(String verstat) {
        given().contentType("application/json")
                .header("Authorization", "Bearer " + ActionTestDatabase.SERVICE_SECRET)
                .body(Map.of("callSid", CALL, "from", CALLER, "stirVerstat", verstat))
                .post("/internal/calls")
                .then()
                .statusCode(202);
    }

    private void book(String phone, OffsetDateTime time) {
        ToolCalls.post(
                        Map.of(
                                "action",
                                "create_booking",
                                "params",
                                Map.of("phone", phone, "time", time.toString())))
                .body("outcome", equalTo("success"));
    }

    private long confirmedAt(OffsetDateTime time) {
        return database.count(
                "select count(*) from bookings where scheduled_time = $1 and status = 'confirmed'",
                time);
    }

    private static String local(OffsetDateTime time) {
        return time.toLocalDateTime().toString();
    }

    private static String iso(OffsetDateTime time) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time.atZoneSameInstant(ZONE));
    }

    private static String spoken(OffsetDateTime time) {
        return time.format(DateTimeFormatter.ofPattern("EEEE, MMMM d 'at' h a", Locale.US));
    }
}
