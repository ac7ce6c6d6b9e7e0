package org.telephonystack.action.tool.postgres;

import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;

import org.telephonystack.action.booking.postgres.StoredAnswer;
import org.telephonystack.action.tool.ToolMemory;
import org.telephonystack.model.tool.ToolCall;
import org.telephonystack.model.tool.ToolResult;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Answers in `tool_calls`, beside those that were stored with their effect.
public final class PgToolMemory implements ToolMemory {

    /// The update changes nothing; it makes the row that was there come back.
    private static final String KEEP =
            """
            insert into tool_calls (call_sid, tool_call_id, action, outcome, answer) values ($1, $2, $3, $4, $5)
            on conflict (call_sid, tool_call_id) do update set call_sid = excluded.call_sid
            returning outcome, answer
            """;

    private final Pool pool;

    public PgToolMemory(Pool pool) {
        this.pool = pool;
    }

    @Override
    public CompletionStage<ToolResult> keep(ToolCall call, ToolResult answer) {
        if (call.callSid().isEmpty() || call.toolCallId().isEmpty()) {
            return CompletableFuture.completedFuture(answer);
        }
        return pool.preparedQuery(KEEP)
                .execute(
                        Tuple.of(
                                call.callSid().get().value(),
                                call.toolCallId().get(),
                                call.action(),
                                StoredAnswer.outcome(answer),
                                StoredAnswer.json(answer)))
                .map(rows -> {
                    Row row = rows.iterator().next();
                    return StoredAnswer.read(
                            row.getString("outcome"), (JsonObject) row.getJson("answer"));
                })
                .subscribeAsCompletionStage();
    }
}
