package org.telephonystack.action.booking.postgres;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

import org.telephonystack.model.CallSid;
import org.telephonystack.model.tool.ToolResult;
import org.telephonystack.model.tool.ToolResult.Outcome;

import java.util.LinkedHashMap;
import java.util.Optional;

/// An answer as `tool_calls` keeps it. A tool call without CallSid or id is no call that could come again.
public final class StoredAnswer {

    private static final String FIND =
            "select outcome, answer from tool_calls where call_sid = $1 and tool_call_id = $2";

    private static final String KEEP =
            "insert into tool_calls (call_sid, tool_call_id, action, outcome, answer) values ($1, $2, $3, $4, $5)";

    private static final String SCRIPT = "script";

    private StoredAnswer() {}

    public static Uni<Optional<ToolResult>> find(
            SqlClient client, Optional<CallSid> callSid, Optional<String> toolCallId) {
        if (callSid.isEmpty() || toolCallId.isEmpty()) {
            return Uni.createFrom().item(Optional.empty());
        }
        return client.preparedQuery(FIND)
                .execute(Tuple.of(callSid.get().value(), toolCallId.get()))
                .map(rows ->
                        rows.size() == 0
                                ? Optional.<ToolResult>empty()
                                : Optional.of(read(rows.iterator().next())));
    }

    /// @param client in the transaction of the effect
    public static Uni<Void> keep(
            SqlClient client,
            Optional<CallSid> callSid,
            Optional<String> toolCallId,
            String action,
            ToolResult answer) {
        return callSid.isEmpty() || toolCallId.isEmpty()
                ? Uni.createFrom().voidItem()
                : client.preparedQuery(KEEP)
                        .execute(
                                Tuple.of(
                                        callSid.get().value(),
                                        toolCallId.get(),
                                        action,
                                        outcome(answer),
                                        json(answer)))
                        .replaceWithVoid();
    }

    public static String outcome(ToolResult answer) {
        return answer.outcome() == Outcome.SUCCESS ? "success" : "error";
    }

    public static JsonObject json(ToolResult answer) {
        var fields = new LinkedHashMap<>(answer.details());
        fields.put(SCRIPT, answer.script());
        return new JsonObject(fields);
    }

    /// @param row with `outcome` and `answer`
    public static ToolResult read(Row row) {
        var json = (JsonObject) row.getJson("answer");
        var details = new LinkedHashMap<>(json.getMap());
        details.remove(SCRIPT);
        return new ToolResult(
                row.getString("outcome").equals("success") ? Outcome.SUCCESS : Outcome.ERROR,
                json.getString(SCRIPT, ""),
                details);
    }
}
