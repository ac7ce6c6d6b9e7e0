package org.telephonystack.action.reaper.postgres;

import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;

import org.telephonystack.action.reaper.Instances;
import org.telephonystack.action.reaper.OrphanedCall;
import org.telephonystack.action.reaper.SilentInstance;
import org.telephonystack.model.CallSid;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/// Stream processes and claims in PostgreSQL, by its clock.
public final class PgInstances implements Instances {

    /// A process of an older version gave no address inside: nobody can ask it, so nobody judges it. Index: calls_carried.
    private static final String SILENT =
            """
            select i.id, i.internal_address, i.stopped_at is not null as stopped,
                extract(epoch from clock_timestamp() - i.heartbeat_at)::float8 as silent
            from stream_instances i
            where i.heartbeat_at < clock_timestamp() - make_interval(secs => $1)
              and i.internal_address is not null
              and exists (select from calls c
                          where c.instance_id = i.id and c.stream_ended_at is null and c.outcome is null
                            and c.stream_started_at > now() - interval '5 hours')
            """;

    /// At most twenty at a time, for Twilio's sake; the next look takes the next. A claim of a reaper that nobody's question
    /// followed within `$3` seconds is taken once more, five times at most. A call about which a question is being decided is
    /// the question's.
    private static final String CLAIM =
            """
            insert into call_takeovers as t (call_sid, attempt, taken_by, why)
            select c.call_sid, c.attempt, 'reaper', 'claimed'
            from calls c join stream_instances i on i.id = c.instance_id
            where i.id = $1 and i.heartbeat_at < clock_timestamp() - make_interval(secs => $2)
              and c.stream_ended_at is null and c.outcome is null
              and c.stream_started_at > now() - interval '5 hours'
              and not exists (select from call_takeovers u
                              where u.call_sid = c.call_sid and u.attempt = c.attempt
                                and (u.why <> 'claimed' or u.tries >= 5
                                     or u.taken_at > clock_timestamp() - make_interval(secs => $3)))
            order by c.stream_started_at
            limit 20
            for no key update of c skip locked
            on conflict (call_sid, attempt) do update set tries = t.tries + 1, taken_at = clock_timestamp()
            where t.why = 'claimed' and t.taken_at <= clock_timestamp() - make_interval(secs => $3)
            returning call_sid, attempt
            """;

    private final Pool pool;
    private final Duration claimAgainAfter;
    private final Duration limit;

    /// @param claimAgainAfter longer than a redirect and the question that follows it take
    /// @param limit how long the database may take
    public PgInstances(Pool pool, Duration claimAgainAfter, Duration limit) {
        this.pool = pool;
        this.claimAgainAfter = claimAgainAfter;
        this.limit = limit;
    }

    @Override
    public CompletionStage<List<SilentInstance>> silentFor(Duration atLeast) {
        return rows(
                SILENT,
                Tuple.of(seconds(atLeast)),
                row ->
                        new SilentInstance(
                                row.getUUID("id"),
                                row.getString("internal_address"),
                                Duration.ofMillis((long) (row.getDouble("silent") * 1000)),
                                row.getBoolean("stopped")));
    }

    @Override
    public CompletionStage<List<OrphanedCall>> claimCallsOf(
            SilentInstance dead, Duration silentFor) {
        return rows(
                CLAIM,
                Tuple.of(dead.id(), seconds(silentFor), seconds(claimAgainAfter)),
                row ->
                        new OrphanedCall(
                                new CallSid(row.getString("call_sid")), row.getInteger("attempt")));
    }

    private <T> CompletionStage<List<T>> rows(String sql, Tuple values, Function<Row, T> read) {
        return pool.preparedQuery(sql)
                .execute(values)
                .ifNoItem()
                .after(limit)
                .fail()
                .map(rows -> list(rows, read))
                .subscribeAsCompletionStage();
    }

    private static <T> List<T> list(RowSet<Row> rows, Function<Row, T> read) {
        var list = new ArrayList<T>();
        for (Row row : rows) {
            list.add(read.apply(row));
        }
        return list;
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
