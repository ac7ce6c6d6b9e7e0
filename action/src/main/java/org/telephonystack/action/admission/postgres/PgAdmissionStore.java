package org.telephonystack.action.admission.postgres;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;

import org.jspecify.annotations.Nullable;
import org.telephonystack.action.admission.AdmissionStore;
import org.telephonystack.model.PhoneNumber;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/// Places, minutes, costs and blocked callers in PostgreSQL.
public final class PgAdmissionStore implements AdmissionStore {

    /// Null where no process is known to live and to stay, or one does that tells nothing (an older version's).
    private static final String FREE =
            """
            select case when count(*) filter (where not draining) = 0
                          or exists (select from stream_instances
                                     where internal_address is null and heartbeat_at > now() - interval '1 day') then null
                   else sum(greatest(call_limit - active_calls, 0)) filter (where not draining) end::int as free
            from stream_instances
            where stopped_at is null and heartbeat_at > clock_timestamp() - interval '5 seconds'
            """;

    /// Calls of which a part is today's, in the business's zone: no call goes on for five hours. A stream whose end was never
    /// written counts to the call's outcome, else until now. Index: calls_by_stream_start.
    private static final String TALKS =
            """
            midnight as materialized (
                select date_trunc('day', now() at time zone zone) at time zone zone as at
                from (select coalesce((select time_zone from business), 'UTC') as zone) here),
            talks as (
                select c.call_sid, c.caller, talk.began, talk.ended, midnight.at as midnight
                from midnight, calls c, lateral (
                    select coalesce(c.first_stream_at, c.stream_started_at) as began,
                           coalesce(c.stream_ended_at, c.outcome_at, now()) as ended) talk
                where c.stream_started_at >= midnight.at - interval '5 hours' and talk.ended > midnight.at)
            """;

    private static final String MINUTES =
            """
            with %s,
            today as (select caller, extract(epoch from ended - greatest(began, midnight)) as seconds from talks)
            select null as caller from today
            having coalesce(sum(seconds), 0) >= coalesce((select minutes_a_day * 60.0 from business), $1)::float8
            union all
            (select caller from today where caller is not null group by caller
             having sum(seconds) >= coalesce((select minutes_a_day_per_caller * 60.0 from business), $2)::float8
             limit 5000)
            """
                    .formatted(TALKS);

    /// What is known of a call that goes on counts; of one that went on at midnight as much of its cost as of its time. Nothing
    /// is added up where nobody set a limit.
    private static final String COSTS =
            """
            with limits as materialized (
                select cost_a_day, cost_a_day_per_caller from business
                where cost_a_day is not null or cost_a_day_per_caller is not null),
            %s,
            today as materialized (
                select t.caller, (k.conversation + k.transcription + k.analysis)
                    * case when t.began >= t.midnight then 1
                           else extract(epoch from t.ended - t.midnight) / extract(epoch from t.ended - t.began) end as cost
                from limits, talks t, lateral (select * from call_costs where call_sid = t.call_sid) k
            )
            select null as caller from today having sum(cost) >= (select cost_a_day from limits)
            union all
            (select caller from today where caller is not null group by caller
             having sum(cost) >= (select cost_a_day_per_caller from limits) limit 5000)
            """
                    .formatted(TALKS);

    private static final String BLOCKED =
            "select phone from blocked_callers order by since desc limit 20000";

    private static final String BLOCK =
            """
            insert into blocked_callers as b (phone, reason) values ($1, nullif($2, ''))
            on conflict (phone) do update set by_command = true, reason = coalesce(b.reason, excluded.reason)
            where not b.by_command
            """;

    private static final String UNBLOCK =
            """
            with gone as (delete from blocked_callers where phone = $1 and not by_file returning phone),
            stays as (update blocked_callers set by_command = false where phone = $1 and by_file returning phone)
            select (select count(*) from gone) as gone, (select count(*) from stays) as stays
            """;

    private static final String KNOWS_PRICES = "select exists (select from model_prices) as known";

    private static final double NEVER = Double.MAX_VALUE;

    private final Pool pool;
    private final Duration limit;

    /// @param limit how long the database may take
    public PgAdmissionStore(Pool pool, Duration limit) {
        this.pool = pool;
        this.limit = limit;
    }

    @Override
    public CompletionStage<Optional<Integer>> freePlaces() {
        return execute(FREE, Tuple.tuple())
                .map(rows -> Optional.ofNullable(rows.iterator().next().getInteger("free")))
                .subscribeAsCompletionStage();
    }

    @Override
    public CompletionStage<Today> today(
            Optional<Duration> perBusiness, Optional<Duration> perCaller) {
        Tuple limits = Tuple.of(seconds(perBusiness), seconds(perCaller));
        return execute(MINUTES, limits)
                .chain(minutes ->
                        execute(COSTS, Tuple.tuple())
                                .chain(costs ->
                                        execute(BLOCKED, Tuple.tuple())
                                                .map(blocked ->
                                                        today(List.of(minutes, costs), blocked))))
                .subscribeAsCompletionStage();
    }

    private static Today today(List<RowSet<Row>> limits, RowSet<Row> blocked) {
        boolean businessAtLimit = false;
        Set<PhoneNumber> atLimit = new HashSet<>();
        for (RowSet<Row> reached : limits) {
            for (Row row : reached) {
                @Nullable String caller = row.getString("caller");
                if (caller == null) {
                    businessAtLimit = true;
                } else {
                    PhoneNumber.parse(caller).ifPresent(atLimit::add);
                }
            }
        }
        Set<PhoneNumber> unwanted = new HashSet<>();
        for (Row row : blocked) {
            PhoneNumber.parse(row.getString("phone")).ifPresent(unwanted::add);
        }
        return new Today(businessAtLimit, atLimit, unwanted);
    }

    @Override
    public CompletionStage<Boolean> block(PhoneNumber caller, String reason) {
        return execute(BLOCK, Tuple.of(caller.e164(), reason))
                .map(rows -> rows.rowCount() > 0)
                .subscribeAsCompletionStage();
    }

    @Override
    public CompletionStage<Unblocked> unblock(PhoneNumber caller) {
        return execute(UNBLOCK, Tuple.of(caller.e164()))
                .map(rows -> rows.iterator().next())
                .map(row -> {
                    if (row.getLong("stays") > 0) {
                        return Unblocked.BLOCKED_BY_FILE;
                    }
                    return row.getLong("gone") > 0 ? Unblocked.DONE : Unblocked.WAS_NOT_BLOCKED;
                })
                .subscribeAsCompletionStage();
    }

    @Override
    public CompletionStage<Boolean> knowsPrices() {
        return execute(KNOWS_PRICES, Tuple.tuple())
                .map(rows -> rows.iterator().next().getBoolean("known"))
                .subscribeAsCompletionStage();
    }

    private Uni<RowSet<Row>> execute(String sql, Tuple values) {
        return pool.preparedQuery(sql).execute(values).ifNoItem().after(limit).fail();
    }

    private static double seconds(Optional<Duration> duration) {
        return duration.map(it -> it.toMillis() / 1000.0).orElse(NEVER);
    }
}
