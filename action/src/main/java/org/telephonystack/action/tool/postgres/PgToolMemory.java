package org.telephonystack.action.tool.postgres;

import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;

import org.telephonystack.action.booking.postgres.StoredAnswer;
import org.telephonystack.action.tool.ToolMemory;
import org.telephonystack.model.tool.ToolCall;
import org.telephonystack.model.tool.ToolResult;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Answers in `tool_calls`, beside those that were stored with their effect.
public final class PgToolMemory implements ToolMemory {

    /// The update changes nothing; it makes the row that was there come back. A row that is new is not among those counted.
    private static final String KEEP =
            """
            with kept as (
                insert into tool_calls (call_sid, tool_call_id, action, outcome, answer) values ($1, $3, $4, $5, $6)
                on conflict (call_sid, tool_call_id) do update set call_sid = excluded.call_sid
                returning outcome, answer, (xmax = 0)::int as added)
            select kept.*,
            """
                    + AnsweredLately.COLUMNS
                    + " from kept left join calls c on c.call_sid = $1";

    private final Pool pool;
    private final double seconds;

    /// @param lately how long an answered tool call counts
    public PgToolMemory(Pool pool, Duration lately) {
        this.pool = pool;
        this.seconds = lately.toMillis() / 1000.0;
    }

    @Override
    public CompletionStage<Kept> keep(ToolCall call, ToolResult answer) {
        if (call.callSid().isEmpty() || call.toolCallId().isEmpty()) {
            return CompletableFuture.completedFuture(new Kept(answer, 0));
        }
        return pool.preparedQuery(KEEP)
                .execute(
                        Tuple.of(
                                call.callSid().get().value(),
                                seconds,
                                call.toolCallId().get(),
                                call.action(),
                                StoredAnswer.outcome(answer),
                                StoredAnswer.json(answer)))
                .map(rows -> {
                    Row row = rows.iterator().next();
                    return new Kept(
                            StoredAnswer.read(row),
                            AnsweredLately.read(row) + row.getInteger("added"));
                })
                .subscribeAsCompletionStage();
    }
}
