package org.telephonystack.action.retention.postgres;

import io.smallrye.mutiny.Multi;
import io.vertx.mutiny.sqlclient.Pool;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/// Rows that served a call while it went on and are of use to nobody any more. A call is over after five hours at the latest;
/// what could tell why one went wrong is kept longer.
public final class PgLeftovers {

    /// Each deletes so many rows and no more: it holds no lock for long, and the next run takes the next.
    private static final List<String> DELETIONS =
            List.of(
                    // A ticket that expired opens nothing, used or not. Index:
                    // stream_tickets_by_expiry.
                    """
                    delete from stream_tickets where ctid in (
                        select ctid from stream_tickets where expires_at < now() - interval '1 hour' limit 50000)
                    """,
                    // A process that was frozen for so long and wakes up writes its row anew.
                    "delete from stream_instances where heartbeat_at < now() - interval '2 days'",
                    // Index: call_takeovers_by_age.
                    """
                    delete from call_takeovers where ctid in (
                        select ctid from call_takeovers where taken_at < now() - interval '7 days' limit 50000)
                    """,
                    // A stream that took the call up has long read them. Index:
                    // call_tool_requests_by_age.
                    """
                    delete from call_tool_requests where ctid in (
                        select ctid from call_tool_requests where at < now() - interval '1 day' limit 50000)
                    """);

    private final Pool pool;

    public PgLeftovers(Pool pool) {
        this.pool = pool;
    }

    /// @return how many rows went
    public CompletionStage<Integer> delete() {
        return Multi.createFrom()
                .iterable(DELETIONS)
                .onItem()
                .transformToUniAndConcatenate(sql -> pool.query(sql).execute())
                .map(rows -> rows.rowCount())
                .collect()
                .with(Collectors.summingInt(Integer::intValue))
                .subscribeAsCompletionStage();
    }
}
