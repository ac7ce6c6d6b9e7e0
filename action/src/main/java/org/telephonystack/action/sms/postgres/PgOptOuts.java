package org.telephonystack.action.sms.postgres;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

import org.telephonystack.action.sms.OptOuts;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/// Opt-outs in PostgreSQL. The first reason for good stays; one for a while gives way to any other.
public final class PgOptOuts implements OptOuts {

    private static final String CONTAINS =
            "select exists (select from sms_opt_outs where phone = $1"
                    + " and (expires_at is null or expires_at > now())) as contained";

    private static final String ADD =
            """
            insert into sms_opt_outs as o (phone, reason) values ($1, $2)
            on conflict (phone) do update set reason = excluded.reason, since = now(), expires_at = null
            where o.expires_at is not null
            """;

    private static final String ADD_FOR =
            """
            insert into sms_opt_outs as o (phone, reason, expires_at) values ($1, $2, now() + make_interval(secs => $3))
            on conflict (phone) do update set reason = excluded.reason, since = now(), expires_at = excluded.expires_at
            where o.expires_at is not null
            """;

    private final Pool pool;

    public PgOptOuts(Pool pool) {
        this.pool = pool;
    }

    @Override
    public CompletionStage<Boolean> contains(String phone) {
        return pool.preparedQuery(CONTAINS)
                .execute(Tuple.of(phone))
                .map(rows -> rows.iterator().next().getBoolean("contained"))
                .subscribeAsCompletionStage();
    }

    @Override
    public CompletionStage<Void> addFor(String phone, String reason, Duration time) {
        return addFor(pool, phone, reason, time).subscribeAsCompletionStage();
    }

    @Override
    public CompletionStage<Void> add(String phone, String reason) {
        return add(pool, phone, reason).subscribeAsCompletionStage();
    }

    /// For a transaction of somebody else's.
    public static Uni<Void> addFor(
            SqlClient connection, String phone, String reason, Duration time) {
        return connection
                .preparedQuery(ADD_FOR)
                .execute(Tuple.of(phone, reason, (double) time.toSeconds()))
                .replaceWithVoid();
    }

    /// For a transaction of somebody else's.
    public static Uni<Void> add(SqlClient connection, String phone, String reason) {
        return connection.preparedQuery(ADD).execute(Tuple.of(phone, reason)).replaceWithVoid();
    }
}
