package org.telephonystack.action.wiring;

import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;

import jakarta.inject.Singleton;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/// What a test reads and plants in the service's database.
@Singleton
public class TestDatabase {

    private final Pool pool;

    TestDatabase(Pool pool) {
        this.pool = pool;
    }

    public RowSet<Row> execute(String sql, Object... parameters) {
        return pool.preparedQuery(sql)
                .execute(Tuple.from(parameters))
                .await()
                .atMost(Duration.ofSeconds(10));
    }

    /// The first column of the first row as text; null where there is no row or no value.
    public @Nullable String text(String sql, Object... parameters) {
        RowSet<Row> rows = execute(sql, parameters);
        Object value = rows.rowCount() == 0 ? null : rows.iterator().next().getValue(0);
        return value == null ? null : value.toString();
    }

    public long count(String sql, Object... parameters) {
        return execute(sql, parameters).iterator().next().getLong(0);
    }

    /// What stream writes when a call starts and ends.
    public void streamJournal(String callSid, String endReason) {
        execute(
                """
                insert into calls (call_sid, stream_started_at, stream_ended_at, end_reason)
                values ($1, now(), now(), $2)
                on conflict (call_sid) do update set
                    stream_started_at = now(), stream_ended_at = now(), end_reason = $2, updated_at = now()
                """,
                callSid,
                endReason);
    }
}
