package org.telephonystack.action.tool.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.telephonystack.action.business.BusinessStore;
import org.telephonystack.action.business.Businesses;
import org.telephonystack.action.wiring.ActionTest;

import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What is offered and booked, from the envelope to the row.
@ActionTest
class BookingToolsTest {

    private static final ZoneId ZONE = ZoneId.of("America/New_York");
    private static final String CALL = "CA" + "b00c".repeat(8);
    private static final String CALLER = "+14155550199";

    private final ToolCalls calls = new ToolCalls(CALL);

    @Inject Pool pool;
    @Inject BusinessStore businesses;

    private final OffsetDateTime tomorrowAtThree =
            LocalDate.now(ZONE).plusDays(1).atTime(15, 0).atZone(ZONE).toOffsetDateTime();

    @BeforeEach
    void aDentistIsOpenEveryDay() {
        clean();
        ToolCalls.apply(businesses, Businesses.in("America/New_York"));
        run("insert into calls (call_sid, caller) values ('" + CALL + "', '" + CALLER + "')");
    }

    @AfterEach
    void clean() {
        run("delete from tool_calls");
        run("delete from bookings");
        run("delete from resources");
        run("delete from services");
        run("delete from business");
        run("delete from calls where call_sid like 'CAb00c%'");
        run("delete from tickets");
        run("delete from clients where phone = '" + CALLER + "'");
    }

    @Test
    void whatIsOfferedCanBeBookedAndTheScriptSaysWhatWasStored() {
        String slot =
                calls.call(
                                "check_schedule",
                                Map.of("time", tomorrowAtThree.toLocalDateTime().toString()))
                        .body("outcome", equalTo("success"))
                        .body("available", equalTo(true))
                        .body(
                                "script",
                                equalTo(
                                        "I have a %s slot available. Would you like me to book that for you?"
                                                .formatted(spoken(tomorrowAtThree))))
                        .body("alternatives", hasSize(2))
                        .extract()
                        .path("slot");
        assertThat(OffsetDateTime.parse(slot)).isEqualTo(tomorrowAtThree);

        String id =
                calls.call("create_booking", Map.of("time", slot, "service", "cleaning"))
                        .body("outcome", equalTo("success"))
                        .body("slot", equalTo(slot))
                        .body(
                                "script",
                                equalTo(
                                        "Your deep cleaning appointment is booked for %s."
                                                .formatted(spoken(tomorrowAtThree))))
                        .extract()
                        .path("booking_id");

        Row row =
                run("select id::text, client_phone, scheduled_time, service_type, status from bookings")
                        .iterator()
                        .next();
        assertThat(row.getString("id")).isEqualTo(id);
        assertThat(row.getString("client_phone")).isEqualTo(CALLER);
        assertThat(row.getOffsetDateTime("scheduled_time").toInstant())
                .isEqualTo(tomorrowAtThree.toInstant());
        assertThat(row.getString("service_type")).isEqualTo("cleaning");
        assertThat(row.getString("status")).isEqualTo("confirmed");
    }

    @Test
    void theSameToolCallTwiceBooksOnceAndHearsTheSame() {
        Map<String, String> wish = Map.of("time", tomorrowAtThree.toString());
        Map<String, Object> first = calls.call("create_booking", wish).extract().path("$");

        Map<String, Object> second = calls.call("create_booking", wish).extract().path("$");

        assertThat(second).isEqualTo(first);
        assertThat(run("select from bookings").size()).isEqualTo(1);
    }

    @Test
    void anotherServiceAtAStartThatTheCallHasBookedIsNotToldAsBooked() {
        String start = tomorrowAtThree.toString();
        calls.call("create_booking", Map.of("time", start)).body("outcome", equalTo("success"));

        calls.call("create_booking", Map.of("time", start, "service", "cleaning"), "second")
                .body("outcome", equalTo("error"))
                .body("booking_id", nullValue())
                .body("script", containsString("has already booked your general appointment"));

        assertThat(run("select from bookings").size()).isEqualTo(1);
    }

    @Test
    void aTakenSlotIsToldAndAnotherOffered() {
        book("CAb00c2", "+14155550100");

        calls.call("create_booking", Map.of("time", tomorrowAtThree.toString()))
                .body("outcome", equalTo("error"))
                .body("booking_id", nullValue())
                .body(
                        "script",
                        equalTo(
                                "I'm sorry, %s is already taken. I have a %s slot available. Would you like me to book that for you?"
                                        .formatted(
                                                spoken(tomorrowAtThree),
                                                spoken(tomorrowAtThree.plusMinutes(30)))));
        calls.call("check_schedule", Map.of("time", tomorrowAtThree.toString()))
                .body("outcome", equalTo("success"))
                .body("slot", containsString("T15:30:00"));
    }

    @Test
    void theNumberIsTheCallsAndNeverTheModelsArgument() {
        calls.call(
                        "create_booking",
                        Map.of("time", tomorrowAtThree.toString(), "phone", "+14155550111"))
                .body("outcome", equalTo("success"));

        assertThat(run("select client_phone from bookings").iterator().next().getString(0))
                .isEqualTo(CALLER);
    }

    @Test
    void withoutACallSidTheOriginalsPhoneCounts() {
        ToolCalls.post(
                        """
                        {"action": "create_booking", "params": {"phone": "+1 (415) 555-0111", "time": "%s"}}
                        """
                                .formatted(tomorrowAtThree))
                .statusCode(200)
                .body("outcome", equalTo("success"))
                .body("booking_id", notNullValue());

        assertThat(run("select client_phone from bookings").iterator().next().getString(0))
                .isEqualTo("+14155550111");
    }

    @ParameterizedTest
    @ValueSource(strings = {"anonymous", "+266696687", "sip:bob@example.com"})
    void aCallerWithoutANumberCannotBook(String caller) {
        run("update calls set caller = '" + caller + "' where call_sid = '" + CALL + "'");

        calls.call(
                        "create_booking",
                        Map.of("time", tomorrowAtThree.toString(), "phone", "+14155550111"))
                .body("outcome", equalTo("error"))
                .body("script", containsString("without your number"));
        assertThat(run("select from bookings").size()).isZero();
    }

    @Test
    void aServiceThatDoesNotExistIsAnsweredWithThoseThatDo() {
        calls.call(
                        "create_booking",
                        Map.of("time", tomorrowAtThree.toString(), "service", "massage"))
                .body("outcome", equalTo("error"))
                .body(
                        "script",
                        equalTo(
                                "I'm sorry, we don't have that service. We offer deep cleaning and general. Which one would you like?"));
    }

    @Test
    void aDayAloneIsNotBooked() {
        calls.call("create_booking", Map.of("time", tomorrowAtThree.toLocalDate().toString()))
                .body("outcome", equalTo("error"))
                .body("script", containsString("What time on"));
    }

    @Test
    void openTicketsAreListedNewestFirstAndAtMostThree() {
        run(
                "insert into clients (phone, first_name, last_name) values ('"
                        + CALLER
                        + "', 'Maria', 'Lee')");
        for (int i = 1; i <= 5; i++) {
            run(
                    """
                    insert into tickets (client_id, subject, status, created_at)
                    select id, 'Case %d', '%s', now() + interval '%d minutes' from clients where phone = '%s'
                    """
                            .formatted(i, i == 5 ? "closed" : "open", i, CALLER));
        }

        calls.call("list_tickets", Map.of())
                .body("outcome", equalTo("error"))
                .body("reason", equalTo("proof_needed"))
                .body("tickets", nullValue())
                .body("script", containsString("To protect your tickets"));
        run("delete from tool_calls");
        calls.call("list_tickets", Map.of("name", "Maria Lee"))
                .body("outcome", equalTo("success"))
                .body("tickets.subject", equalTo(List.of("Case 4", "Case 3", "Case 2")))
                .body(
                        "script",
                        equalTo("You have 3 open support tickets: Case 4, Case 3 and Case 2."));
    }

    @Test
    void aCalendarThatDoesNotAnswerIsApologisedForInTimeAndNothingIsBooked() {
        var blocker = pool.getConnection().await().atMost(Duration.ofSeconds(5));
        try {
            blocker.query("begin; lock table bookings in access exclusive mode")
                    .execute()
                    .await()
                    .atMost(Duration.ofSeconds(5));
            long start = System.nanoTime();

            calls.call("create_booking", Map.of("time", tomorrowAtThree.toString()))
                    .body("outcome", equalTo("error"))
                    .body(
                            "script",
                            equalTo(
                                    "I'm sorry, I can't reach our calendar right now. Shall I text you our booking link?"));

            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isLessThan(Duration.ofSeconds(4));
        } finally {
            blocker.query("rollback").execute().await().atMost(Duration.ofSeconds(5));
            blocker.close().await().atMost(Duration.ofSeconds(5));
        }
        assertThat(run("select from bookings").size()).isZero();
    }

    private void book(String callSid, String caller) {
        run("insert into calls (call_sid, caller) values ('%s', '%s')".formatted(callSid, caller));
        ToolCalls.post(
                        Map.of(
                                "action",
                                "create_booking",
                                "params",
                                Map.of("time", tomorrowAtThree.toString()),
                                "callSid",
                                callSid))
                .body("outcome", equalTo("success"));
    }

    private static String spoken(OffsetDateTime time) {
        String pattern =
                time.getMinute() == 0 ? "EEEE, MMMM d 'at' h a" : "EEEE, MMMM d 'at' h:mm a";
        return time.format(DateTimeFormatter.ofPattern(pattern, Locale.US));
    }

    private RowSet<Row> run(String sql) {
        return pool.query(sql).execute().await().atMost(Duration.ofSeconds(10));
    }
}
