package org.telephonystack.action.retention.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.telephonystack.action.wiring.StoreDatabase.await;

import io.vertx.mutiny.sqlclient.Row;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.telephonystack.action.wiring.StoreDatabase;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A call of long ago: how it ended is known, who called is not.
class NoNumberIsKeptTest {

    private static final String CALL = "CA00000000000000000000000000000001";
    private static final String CALLER = "+14155550199";
    private static final Duration AGE = Duration.ofDays(90);

    @RegisterExtension final StoreDatabase database = StoreDatabase.shared();

    @BeforeEach
    void aCallOfLongAgo() {
        call(CALL, 91);
        execute(
                "insert into call_turns (call_sid, attempt, seq, role, content, at) values ($1, 1, 1, 'caller', $2, $3)");
        execute(
                """
                insert into call_incidents (call_sid, attempt, number, kind, details, at)
                values ($1, 1, 1, 'emergency', jsonb_build_object('number', $2::text), $3)
                """);
        execute(
                """
                insert into call_events (dedupe_key, call_sid, kind, fields, received_at)
                values ('1', $1, 'call_status', jsonb_build_object('From', $2::text), $3)
                """);
        execute(
                """
                insert into tool_calls (call_sid, tool_call_id, action, outcome, answer, at)
                values ($1, '1', 'take_message', 'success', jsonb_build_object('phone', $2::text), $3)
                """);
        execute(
                """
                insert into call_tool_requests (call_sid, tool_call_id, attempt, action, params, at)
                values ($1, '1', 1, 'take_message', jsonb_build_object('phone', $2::text), $3)
                """);
        execute(
                """
                insert into call_analyses (call_sid, state, summary, topics, follow_ups, open_questions, finished_at)
                values ($1, 'done', $2, array[$2], array[$2], array[$2], $3)
                """);
        execute(
                "insert into messages (call_sid, caller, body, created_at, handled_at) values ($1, $2, 'hi', $3, $3)");
        execute(
                "insert into sms_inbox (message_sid, sender, recipient, body, received_at) values ($1, $2, $2, $2, $3)");
        for (String state : List.of("sent", "failed", "skipped", "unknown")) {
            text(state, state, 91);
        }
    }

    @Test
    void noColumnHoldsTheNumberAnyMore() {
        assertThat(holders()).as("before").contains("calls.caller", "sms_outbox.recipient");

        delete(AGE);

        assertThat(holders()).isEmpty();
        assertThat(database.text("select outcome from calls")).isEqualTo("completed");
        assertThat(database.text("select calls from daily_figures")).isEqualTo("1");
    }

    /// Whoever wants no texts, or is not answered, stays so; clients, what they have booked and asked stays the business's.
    @Test
    void whatIsSaidOfTheNumberItselfStays() {
        database.execute(
                "insert into sms_opt_outs (phone, reason, since) values ($1, 'STOP', now() - interval '10 years')",
                CALLER);
        database.execute(
                "insert into blocked_callers (phone, since) values ($1, now() - interval '10 years')",
                CALLER);
        database.execute("insert into clients (phone) values ($1)", CALLER);
        database.execute(
                "insert into bookings (client_phone, scheduled_time) values ($1, now() - interval '10 years')",
                CALLER);

        delete(AGE);

        assertThat(holders())
                .containsExactlyInAnyOrder(
                        "sms_opt_outs.phone",
                        "blocked_callers.phone",
                        "clients.phone",
                        "clients.phone_e164",
                        "bookings.client_phone");
    }

    @Test
    void whatIsYoungerStays() {
        call("CA00000000000000000000000000000002", 89);
        text("young", "sent", 89);

        delete(AGE);

        assertThat(database.text("select call_sid from calls where caller is not null"))
                .isEqualTo("CA00000000000000000000000000000002");
        assertThat(database.text("select dedupe_key from sms_outbox")).isEqualTo("young");
    }

    /// Somebody has to be called back.
    @Test
    void whoLeftAMessageIsKnownAsLongAsItExists() {
        database.execute(
                "insert into recordings (recording_sid, call_sid, state) values ('RE00000000000000000000000000000001', $1, 'kept')",
                CALL);

        delete(AGE);
        assertThat(database.text("select caller from calls")).isEqualTo(CALLER);

        database.execute("update recordings set state = 'deleted'");
        delete(AGE);
        assertThat(database.text("select caller from calls")).isNull();
    }

    /// What a number was sent within a day is counted, however short the time that conversations are kept.
    @Test
    void aTextOfTodayStaysForTheDailyLimit() {
        call("CA00000000000000000000000000000003", 0);
        database.execute(
                "insert into sms_outbox (dedupe_key, recipient, body, state, created_at) values ('today', $1, '', 'sent', now() - interval '2 hours')",
                CALLER);

        delete(Duration.ofHours(1));

        assertThat(database.text("select dedupe_key from sms_outbox")).isEqualTo("today");
    }

    private void delete(Duration age) {
        await(new PgRecords(database.one()).deleteOlderThan(age, Duration.ofDays(365)));
    }

    private void call(String sid, int daysAgo) {
        database.execute(
                """
                insert into calls (call_sid, caller, called, outcome, outcome_at, announced_at, updated_at)
                select $1, $2, $2, 'completed', at, at, at
                from (select now() - make_interval(days => $3)) as long_ago (at)
                """,
                sid,
                CALLER,
                daysAgo);
    }

    private void text(String key, String state, int daysAgo) {
        database.execute(
                """
                insert into sms_outbox (dedupe_key, call_sid, recipient, body, state, created_at)
                values ($1, $2, $3, $3, $4, now() - make_interval(days => $5))
                """,
                key,
                CALL,
                CALLER,
                state,
                daysAgo);
    }

    /// @param sql with the call, the number and a moment 91 days ago
    private void execute(String sql) {
        database.execute(sql.replace("$3", "now() - interval '91 days'"), CALL, CALLER);
    }

    /// Every column of every table in which the number is found.
    private List<String> holders() {
        var found = new ArrayList<String>();
        for (Row column :
                database.execute(
                        """
                        select table_name, column_name from information_schema.columns
                        join information_schema.tables using (table_schema, table_name)
                        where table_schema = 'public' and table_type = 'BASE TABLE'
                        """)) {
            String table = column.getString(0);
            String name = column.getString(1);
            if (database.count(
                            "select count(*) from %s where position('4155550199' in %s::text) > 0"
                                    .formatted(table, name))
                    > 0) {
                found.add(table + "." + name);
            }
        }
        return found;
    }
}
