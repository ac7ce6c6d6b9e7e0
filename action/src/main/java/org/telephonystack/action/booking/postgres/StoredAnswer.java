package org.telephonystack.action.booking.postgres;

import io.vertx.core.json.JsonObject;

import org.telephonystack.model.tool.ToolResult;
import org.telephonystack.model.tool.ToolResult.Outcome;

import java.util.LinkedHashMap;

/// An answer as `tool_calls` keeps it.
public final class StoredAnswer {

    private static final String SCRIPT = "script";

    private StoredAnswer() {}

    public static String outcome(ToolResult answer) {
        return answer.outcome() == Outcome.SUCCESS ? "success" : "error";
    }

    public static JsonObject json(ToolResult answer) {
        var fields = new LinkedHashMap<>(answer.details());
        fields.put(SCRIPT, answer.script());
        return new JsonObject(fields);
    }

    public static ToolResult read(String outcome, JsonObject json) {
        var details = new LinkedHashMap<>(json.getMap());
        details.remove(SCRIPT);
        return new ToolResult(
                outcome.equals("success") ? Outcome.SUCCESS : Outcome.ERROR,
                json.getString(SCRIPT, ""),
                details);
    }
}
