package org.telephonystack.action.tool.postgres;

import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;

import org.telephonystack.action.tool.Callers;
import org.telephonystack.model.CallSid;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// The caller in `calls`, where whoever heard of the call first has put it.
public final class PgCallDirectory implements Callers.CallDirectory {

    private static final String CALLER =
            "select "
                    + AnsweredLately.COLUMNS
                    + " from calls c where c.call_sid = $1 and c.caller is not null";

    private final Pool pool;
    private final double seconds;

    /// @param lately how long an answered tool call counts
    public PgCallDirectory(Pool pool, Duration lately) {
        this.pool = pool;
        this.seconds = lately.toMillis() / 1000.0;
    }

    @Override
    public CompletionStage<Optional<Callers.Known>> callerOf(CallSid callSid) {
        return pool.preparedQuery(CALLER)
                .execute(Tuple.of(callSid.value(), seconds))
                .map(rows -> {
                    for (Row row : rows) {
                        return Optional.of(
                                new Callers.Known(
                                        row.getString("caller"), AnsweredLately.read(row)));
                    }
                    return Optional.<Callers.Known>empty();
                })
                .subscribeAsCompletionStage();
    }
}
