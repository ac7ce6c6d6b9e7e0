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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/// Places, minutes and blocked callers in PostgreSQL.
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

    /// A stream whose end was never written counts to the call's outcome, else until now. Index: calls_by_stream_start.
    private static final String MINUTES =
            """
            with today as (
                select c.caller, extract(epoch from coalesce(c.stream_ended_at, c.outcome_at, now())
                                   - coalesce(c.first_stream_at, c.stream_started_at)) as seconds
                from calls c
                where c.stream_started_at >= date_trunc('day', now() at time zone coalesce((select time_zone from business), 'UTC'))
                                                 at time zone coalesce((select time_zone from business), 'UTC')
            )
            select null as caller from today having coalesce(sum(seconds), 0) >= $1::float8
            union all
            (select caller from today where caller is not null group by caller having sum(seconds) >= $2::float8 limit 5000)
            """;

    private static final String BLOCKED =
            "select phone from blocked_callers order by since desc limit 20000";

    private static final String BLOCK =
            "insert into blocked_callers (phone, reason) values ($1, nullif($2, '')) on conflict do nothing";

    private static final String UNBLOCK = "delete from blocked_callers where phone = $1";

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
                        execute(BLOCKED, Tuple.tuple()).map(blocked -> today(minutes, blocked)))
                .subscribeAsCompletionStage();
    }

    private static Today today(RowSet<Row> minutes, RowSet<Row> blocked) {
        boolean businessAtLimit = false;
        Set<PhoneNumber> atLimit = new HashSet<>();
        for (Row row : minutes) {
            @Nullable String caller = row.getString("caller");
            if (caller == null) {
                businessAtLimit = true;
            } else {
                PhoneNumber.parse(caller).ifPresent(atLimit::add);
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
        return changed(BLOCK, Tuple.of(caller.e164(), reason));
    }

    @Override
    public CompletionStage<Boolean> unblock(PhoneNumber caller) {
        return changed(UNBLOCK, Tuple.of(caller.e164()));
    }

    private CompletionStage<Boolean> changed(String sql, Tuple values) {
        return execute(sql, values).map(rows -> rows.rowCount() > 0).subscribeAsCompletionStage();
    }

    private Uni<RowSet<Row>> execute(String sql, Tuple values) {
        return pool.preparedQuery(sql).execute(values).ifNoItem().after(limit).fail();
    }

    private static double seconds(Optional<Duration> duration) {
        return duration.map(it -> it.toMillis() / 1000.0).orElse(NEVER);
    }
}
