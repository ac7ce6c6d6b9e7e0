package org.telephonystack.action.sms.postgres;

import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;

import org.telephonystack.action.sms.OptOuts;

import java.util.concurrent.CompletionStage;

/// Opt-outs in PostgreSQL. The first reason stays.
public final class PgOptOuts implements OptOuts {

    private static final String CONTAINS =
            "select exists (select from sms_opt_outs where phone = $1) as contained";

    static final String ADD =
            "insert into sms_opt_outs (phone, reason) values ($1, $2) on conflict (phone) do nothing";

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
    public CompletionStage<Void> add(String phone, String reason) {
        return pool.preparedQuery(ADD)
                .execute(Tuple.of(phone, reason))
                .replaceWithVoid()
                .subscribeAsCompletionStage();
    }
}
