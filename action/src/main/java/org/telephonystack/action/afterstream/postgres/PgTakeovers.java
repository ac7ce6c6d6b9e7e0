package org.telephonystack.action.afterstream.postgres;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

import org.telephonystack.action.afterstream.LostStream;
import org.telephonystack.action.afterstream.Question;
import org.telephonystack.action.afterstream.Takeover;
import org.telephonystack.action.afterstream.TakeoverRule;
import org.telephonystack.action.afterstream.Takeovers;
import org.telephonystack.model.EndReason;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// Takeovers in PostgreSQL: one row a stream that was lost, under the lock of its call's row.
public final class PgTakeovers implements Takeovers {

    private static final String LOCK =
            """
            insert into calls (call_sid, caller, called) values ($1, $2, $3)
            on conflict (call_sid) do update set
                caller = coalesce(calls.caller, excluded.caller), called = coalesce(calls.called, excluded.called),
                updated_at = now()
            """;

    /// A process of which nothing was heard for a while counts neither as leaving nor as full; where none is heard at all,
    /// nothing is known. Only the first stream can have been lost without a row: frontdoor connected the next one by itself. Any
    /// other number without one is no loss, but was skipped or taken from a stream that ran.
    private static final String STREAM =
            """
            with living as (
                select draining, greatest(call_limit - active_calls, 0) as free from stream_instances
                where stopped_at is null and heartbeat_at > clock_timestamp() - make_interval(secs => 5)
            )
            select c.attempt, c.stream_started_at is not null as started, c.end_reason, c.outcome is not null as concluded,
                t.taken_by, t.next_attempt, extract(epoch from clock_timestamp() - t.taken_at)::float8 as claim_age,
                (select count(*) filter (where u.why not in ('handed_over', 'refused_while_leaving'))
                        + ($2 > 1 and count(*) filter (where u.attempt = 1) = 0)::int
                 from call_takeovers u where u.call_sid = c.call_sid and u.attempt < $2) as losses,
                exists (select from living where draining)
                    or exists (select from stream_instances
                               where stopped_at > clock_timestamp() - make_interval(secs => 30)) as somebody_leaves,
                coalesce((select sum(free) from living where not draining), 1) = 0 as no_place
            from calls c left join call_takeovers t on t.call_sid = c.call_sid and t.attempt = $2
            where c.call_sid = $1
            """;

    private static final String CONNECT_AGAIN =
            """
            insert into call_takeovers as t (call_sid, attempt, taken_by, why, next_attempt)
            values ($1, $2, 'after_stream', $3, $4)
            on conflict (call_sid, attempt) do update set
                why = excluded.why, next_attempt = excluded.next_attempt, taken_at = clock_timestamp()
            """;

    /// What looked to the stream like a caller who hung up was our own redirect.
    private static final String NOT_HUNG_UP =
            """
            update calls set end_reason = 'caller_leg_lost'
            where call_sid = $1 and attempt = $2 and end_reason = 'caller_hung_up'
            """;

    /// Whoever waits asks again by itself: the reaper need not redirect the call once more.
    private static final String WAIT =
            "update call_takeovers set why = 'asked' where call_sid = $1 and attempt = $2 and why = 'claimed'";

    private static final String LEAVE =
            """
            insert into call_takeovers (call_sid, attempt, taken_by, why) values ($1, $2, 'after_stream', 'left')
            on conflict (call_sid, attempt) do update set why = 'left'
            """;

    private final Pool pool;
    private final TakeoverRule rule;
    private final Duration limit;

    /// @param limit how long the database may take
    public PgTakeovers(Pool pool, TakeoverRule rule, Duration limit) {
        this.pool = pool;
        this.rule = rule;
        this.limit = limit;
    }

    @Override
    public CompletionStage<Takeover> decide(Question question) {
        return pool.withTransaction(connection -> decide(connection, question))
                .ifNoItem()
                .after(limit)
                .fail()
                .subscribeAsCompletionStage();
    }

    private Uni<Takeover> decide(SqlConnection connection, Question question) {
        String callSid = question.callSid().value();
        Tuple lock = Tuple.of(callSid, question.from().orElse(null), question.to().orElse(null));
        return connection
                .preparedQuery(LOCK)
                .execute(lock)
                .chain(() ->
                        connection
                                .preparedQuery(STREAM)
                                .execute(Tuple.of(callSid, question.attempt())))
                .map(rows -> rule.decide(stream(question, rows.iterator().next())))
                .call(takeover -> write(connection, question, takeover));
    }

    private static LostStream stream(Question question, Row row) {
        int newest = row.getBoolean("started") ? row.getInteger("attempt") : 0;
        boolean isNewest = newest == question.attempt();
        return new LostStream(
                question.attempt(),
                newest,
                question.redirected(),
                newest >= question.attempt(),
                isNewest ? EndReason.ofWord(row.getString("end_reason")) : Optional.empty(),
                row.getBoolean("concluded"),
                row.getLong("losses").intValue(),
                claim(row),
                row.getBoolean("somebody_leaves"),
                row.getBoolean("no_place"));
    }

    private static Optional<LostStream.Claim> claim(Row row) {
        return Optional.ofNullable(row.getString("taken_by"))
                .map(by ->
                        new LostStream.Claim(
                                by.equals("reaper"),
                                Duration.ofMillis((long) (row.getDouble("claim_age") * 1000)),
                                Optional.ofNullable(row.getInteger("next_attempt"))));
    }

    private static Uni<?> write(SqlConnection connection, Question question, Takeover takeover) {
        String callSid = question.callSid().value();
        return switch (takeover) {
            case Takeover.ConnectAgain(int attempt, var why) ->
                    connection
                            .preparedQuery(CONNECT_AGAIN)
                            .execute(Tuple.of(callSid, question.attempt(), why.word(), attempt))
                            .chain(() -> correct(connection, question));
            case Takeover.Full _, Takeover.Leave _ ->
                    connection.preparedQuery(LEAVE).execute(Tuple.of(callSid, question.attempt()));
            case Takeover.Wait() ->
                    connection.preparedQuery(WAIT).execute(Tuple.of(callSid, question.attempt()));
        };
    }

    private static Uni<?> correct(SqlConnection connection, Question question) {
        return question.redirected()
                ? connection
                        .preparedQuery(NOT_HUNG_UP)
                        .execute(Tuple.of(question.callSid().value(), question.attempt()))
                : Uni.createFrom().voidItem();
    }
}
