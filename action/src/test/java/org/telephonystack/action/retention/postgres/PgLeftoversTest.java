package org.telephonystack.action.retention.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.telephonystack.action.wiring.StoreDatabase.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.telephonystack.action.wiring.StoreDatabase;

import java.time.Duration;
import java.util.List;

/// What is old goes, what a call may still need stays.
class PgLeftoversTest {

    private static final String CALL = "CA00000000000000000000000000000001";

    @RegisterExtension final StoreDatabase database = StoreDatabase.shared();

    @Test
    void whatServedACallThatIsOverGoesAfterAWhile() {
        database.execute(
                """
                insert into stream_tickets (nonce, call_sid, expires_at) values
                    ('old', $1, now() - interval '61 minutes'), ('young', $1, now() - interval '59 minutes')
                """,
                CALL);
        database.execute(
                """
                insert into stream_instances (id, address, call_limit, heartbeat_at) values
                    (gen_random_uuid(), 'old', 100, now() - interval '49 hours'),
                    (gen_random_uuid(), 'young', 100, now() - interval '47 hours')
                """);
        database.execute(
                """
                insert into call_takeovers (call_sid, attempt, taken_by, why, taken_at) values
                    ($1, 1, 'reaper', 'old', now() - interval '169 hours'), ($1, 2, 'reaper', 'young', now() - interval '167 hours')
                """,
                CALL);
        database.execute(
                """
                insert into call_tool_requests (call_sid, tool_call_id, attempt, action, at) values
                    ($1, 'old', 1, 'check_schedule', now() - interval '25 hours'),
                    ($1, 'young', 1, 'check_schedule', now() - interval '23 hours')
                """,
                CALL);

        assertThat(await(new PgLeftovers(database.one()).delete())).isEqualTo(4);

        for (String left :
                List.of(
                        "nonce from stream_tickets",
                        "address from stream_instances",
                        "why from call_takeovers",
                        "tool_call_id from call_tool_requests")) {
            assertThat(database.execute("select " + left))
                    .as(left)
                    .extracting(row -> row.getString(0))
                    .containsExactly("young");
        }
        assertThat(await(new PgLeftovers(database.other()).delete())).isZero();
    }

    @Test
    void whatNamesPeopleGoesWithTheTranscriptsAndTheCallStays() {
        database.execute("insert into calls (call_sid, outcome) values ($1, 'completed')", CALL);
        for (String days : List.of("91", "89")) {
            database.execute(
                    """
                    insert into call_events (dedupe_key, call_sid, kind, fields, received_at)
                    values ($2, $1, 'call_status', '{"From": "+14155550199"}', now() - make_interval(days => $2::text::int))
                    """,
                    CALL,
                    days);
            database.execute(
                    """
                    insert into tool_calls (call_sid, tool_call_id, action, outcome, answer, at)
                    values ($1, $2, 'check_schedule', 'success', '{}', now() - make_interval(days => $2::text::int))
                    """,
                    CALL,
                    days);
        }

        await(
                new PgRecords(database.one())
                        .deleteOlderThan(Duration.ofDays(90), Duration.ofDays(365)));

        assertThat(database.text("select string_agg(dedupe_key, ' ') from call_events"))
                .isEqualTo("89");
        assertThat(database.text("select string_agg(tool_call_id, ' ') from tool_calls"))
                .isEqualTo("89");
        assertThat(database.count("select count(*) from calls")).isEqualTo(1);
    }
}
