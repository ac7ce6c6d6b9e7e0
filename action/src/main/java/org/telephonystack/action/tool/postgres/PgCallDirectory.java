package org.telephonystack.action.tool.postgres;

import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;

import org.telephonystack.action.tool.Callers;
import org.telephonystack.model.CallSid;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// The caller in `calls`, where whoever heard of the call first has put it.
public final class PgCallDirectory implements Callers.CallDirectory {

    private static final String CALLER =
            "select caller from calls where call_sid = $1 and caller is not null";

    private final Pool pool;

    public PgCallDirectory(Pool pool) {
        this.pool = pool;
    }

    @Override
    public CompletionStage<Optional<String>> callerOf(CallSid callSid) {
        return pool.preparedQuery(CALLER)
                .execute(Tuple.of(callSid.value()))
                .map(rows -> {
                    for (Row row : rows) {
                        return Optional.of(row.getString("caller"));
                    }
                    return Optional.<String>empty();
                })
                .subscribeAsCompletionStage();
    }
}
