package org.telephonystack.action.followup.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.telephonystack.action.wiring.StoreDatabase.await;

import io.vertx.mutiny.sqlclient.Pool;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.telephonystack.action.booking.Deadline;
import org.telephonystack.action.wiring.StoreDatabase;
import org.telephonystack.model.CallSid;
import org.telephonystack.model.PhoneNumber;
import org.telephonystack.model.tool.ToolCall;
import org.telephonystack.model.tool.ToolResult;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// Tickets, messages and links that two processes are asked for at once.
class PgFollowUpStoreTest {

    private static final PhoneNumber MARIA = new PhoneNumber("+14155550199");
    private static final ToolResult QUEUED = ToolResult.success("on its way", Map.of());
    private static final ToolResult REFUSED = ToolResult.error("not possible", Map.of());

    /// What follow-ups of one number wait for.
    private static final String NUMBERS_LOCK =
            "select pg_advisory_xact_lock(hashtextextended('follow-up +14155550199', 0))";

    @RegisterExtension final StoreDatabase database = StoreDatabase.shared();

    @Test
    void aToolCallThatTwoProcessesGetAtOnceOpensOneTicketAndBothHearTheSame() {
        CompletionStage<ToolResult> first;
        CompletionStage<ToolResult> second;

        try (var inTheWay = database.transaction(NUMBERS_LOCK)) {
            first = openTicket(database.one(), call("CA1", "a"), in(10));
            second = openTicket(database.other(), call("CA1", "a"), in(10));
            database.awaitWaiting(2);
            inTheWay.commit();
        }

        assertThat(await(first)).isEqualTo(await(second));
        assertThat(database.text("select string_agg(id::text, ' ') from tickets"))
                .isEqualTo(await(first).details().get("id"));
    }

    @Test
    void aNumberThatTwoProcessesMakeAClientAtOnceIsOneClientWithTwoTickets() {
        CompletionStage<ToolResult> first;
        CompletionStage<ToolResult> second;

        try (var inTheWay = database.transaction(NUMBERS_LOCK)) {
            first = openTicket(database.one(), call("CA1", "a"), in(10));
            second = openTicket(database.other(), call("CA2", "b"), in(10));
            database.awaitWaiting(2);
            inTheWay.commit();
        }

        assertThat(await(first)).isNotEqualTo(await(second));
        assertThat(database.count("select count(*) from clients")).isEqualTo(1);
        assertThat(database.count("select count(distinct id) from tickets where status = 'open'"))
                .isEqualTo(2);
    }

    @Test
    void aTicketIsTheNewestClientsOfTheNumber() {
        database.execute(
                """
                insert into clients (phone, last_name, created_at)
                values ('415-555-0199', 'Before', now() - interval '1 day'), ('+14155550199', 'Lee', now())
                """);

        await(openTicket(database.one(), call("CA1", "a"), in(10)));

        assertThat(
                        database.text(
                                "select last_name from tickets join clients on clients.id = client_id"))
                .isEqualTo("Lee");
    }

    @Test
    void ofTwoLinksAtOnceTheDaysLastTextIsOne() {
        database.execute(
                """
                insert into sms_outbox (dedupe_key, recipient, body, state, created_at)
                select 'day:' || n, '+14155550199', '', 'sent', now() - interval '23 hours' from generate_series(1, 4) n
                """);
        CompletionStage<ToolResult> first;
        CompletionStage<ToolResult> second;

        try (var inTheWay = database.transaction(NUMBERS_LOCK)) {
            first = queueLink(database.one(), call("CA1", "a"));
            second = queueLink(database.other(), call("CA2", "b"));
            database.awaitWaiting(2);
            inTheWay.commit();
        }

        assertThat(List.of(await(first), await(second))).containsExactlyInAnyOrder(QUEUED, REFUSED);
        assertThat(database.count("select count(*) from sms_outbox where state = 'pending'"))
                .isEqualTo(1);
    }

    @Test
    void oneCallGetsOneLinkWhicheverProcessesAreAsked() {
        CompletionStage<ToolResult> first;
        CompletionStage<ToolResult> second;

        try (var inTheWay = database.transaction(NUMBERS_LOCK)) {
            first = queueLink(database.one(), call("CA1", "a"));
            second = queueLink(database.other(), call("CA1", "b"));
            database.awaitWaiting(2);
            inTheWay.commit();
        }

        assertThat(List.of(await(first), await(second))).containsExactly(QUEUED, QUEUED);
        assertThat(database.count("select count(*) from sms_outbox")).isEqualTo(1);
        assertThat(
                        database.count(
                                """
                                select count(*) from sms_outbox
                                where valid_until between now() + interval '59 minutes' and now() + interval '61 minutes'
                                """))
                .as("valid for an hour, whatever zone the session is in")
                .isEqualTo(1);
    }

    @Test
    void aLinkThatWillNotBeSentIsNotPromisedASecondTime() {
        await(queueLink(database.one(), call("CA1", "a")));

        for (String state : List.of("failed", "skipped")) {
            database.execute("update sms_outbox set state = $1", state);
            assertThat(await(queueLink(database.one(), call("CA1", state)))).isEqualTo(REFUSED);
        }
        database.execute("update sms_outbox set state = 'sent'");
        assertThat(await(queueLink(database.one(), call("CA1", "z")))).isEqualTo(QUEUED);
        assertThat(database.count("select count(*) from sms_outbox")).isEqualTo(1);
    }

    @Test
    void withoutACallANumberGetsTheLinkOnceADay() {
        var nameless = new ToolCall("a_tool", Map.of(), Optional.empty(), Optional.empty());
        for (int i = 0; i < 2; i++) {
            assertThat(await(queueLink(database.one(), nameless))).isEqualTo(QUEUED);
        }
        assertThat(database.count("select count(*) from sms_outbox")).isEqualTo(1);

        database.execute(
                "update sms_outbox set dedupe_key = replace(dedupe_key, (now() at time zone 'UTC')::date::text, 'yesterday')");
        assertThat(await(queueLink(database.one(), nameless))).isEqualTo(QUEUED);
        assertThat(database.count("select count(*) from sms_outbox")).isEqualTo(2);
    }

    @Test
    void anOptOutCountsUntilItIsOver() {
        database.execute(
                "insert into sms_opt_outs (phone, reason, expires_at) values ('+14155550199', 'code_30003', now() + interval '1 hour')");
        assertThat(await(queueLink(database.one(), call("CA1", "a")))).isEqualTo(REFUSED);

        database.execute("update sms_opt_outs set expires_at = now() - interval '1 second'");
        assertThat(await(queueLink(database.one(), call("CA2", "b")))).isEqualTo(QUEUED);
    }

    @Test
    void aMessageIsNotedOnceWhicheverProcessIsAsked() {
        CompletionStage<ToolResult> first;
        CompletionStage<ToolResult> second;

        try (var inTheWay = database.transaction(NUMBERS_LOCK)) {
            first = note(database.one(), call("CA1", "a"));
            second = note(database.other(), call("CA1", "a"));
            database.awaitWaiting(2);
            inTheWay.commit();
        }

        assertThat(List.of(await(first), await(second))).containsExactly(QUEUED, QUEUED);
        assertThat(
                        database.text(
                                "select string_agg(call_sid || caller || body, ' ') from messages"))
                .isEqualTo(sid("CA1") + "+14155550199call me");
    }

    /// All of them are "anonymous": one who holds things up must not hold up the others.
    @Test
    void whoWithholdsTheirNumberWaitsForNobodyElse() {
        try (var _ =
                database.transaction(
                        "select pg_advisory_xact_lock(hashtextextended('follow-up anonymous', 0))")) {
            assertThat(
                            await(
                                    new PgFollowUpStore(database.one(), 5)
                                            .noteMessage(
                                                    call("CA1", "a"),
                                                    Optional.empty(),
                                                    "call me",
                                                    in(10),
                                                    QUEUED)))
                    .isEqualTo(QUEUED);
        }
    }

    @Test
    void afterTheDeadlineNothingIsStored() {
        CompletionStage<ToolResult> late = openTicket(database.one(), call("CA1", "a"), in(-1));

        assertThatThrownBy(() -> await(late)).hasRootCauseInstanceOf(IllegalStateException.class);
        for (String table : List.of("tickets", "clients", "tool_calls")) {
            assertThat(database.count("select count(*) from " + table)).as(table).isZero();
        }
    }

    private static CompletionStage<ToolResult> openTicket(
            Pool pool, ToolCall call, Deadline deadline) {
        return new PgFollowUpStore(pool, 5)
                .openTicket(
                        call,
                        MARIA,
                        "Crown is loose",
                        deadline,
                        id -> ToolResult.success("opened", Map.of("id", id)));
    }

    private static CompletionStage<ToolResult> note(Pool pool, ToolCall call) {
        return new PgFollowUpStore(pool, 5)
                .noteMessage(call, Optional.of(MARIA), "call me", in(10), QUEUED);
    }

    private static CompletionStage<ToolResult> queueLink(Pool pool, ToolCall call) {
        return new PgFollowUpStore(pool, 5)
                .queueBookingLink(call, MARIA, "book here", in(10), QUEUED, REFUSED);
    }

    private static Deadline in(int seconds) {
        return Deadline.in(Duration.ofSeconds(seconds));
    }

    private static ToolCall call(String call, String id) {
        return new ToolCall(
                "a_tool", Map.of(), Optional.of(new CallSid(sid(call))), Optional.of(id));
    }

    private static String sid(String call) {
        return "CA" + "0".repeat(31) + call.substring(2);
    }
}
