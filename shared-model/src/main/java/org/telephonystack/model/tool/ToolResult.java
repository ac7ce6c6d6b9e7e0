package org.telephonystack.model.tool;

import java.util.LinkedHashMap;
import java.util.Map;

/// The answer to a [ToolCall]: `{"outcome": "success"|"error", "script": "…", …}`. The script is the exact sentence to say.
///
/// @param details what stands beside outcome and script (`booking_id`, `slot`, …), by their names on the wire
public record ToolResult(Outcome outcome, String script, Map<String, Object> details) {

    public enum Outcome {
        SUCCESS,
        ERROR
    }

    public static ToolResult success(String script, Map<String, Object> details) {
        return new ToolResult(Outcome.SUCCESS, script, details);
    }

    public static ToolResult error(String script, Map<String, Object> details) {
        return new ToolResult(Outcome.ERROR, script, details);
    }

    /// In the order of the contract: outcome, the details, then the script.
    public Map<String, Object> toFields() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("outcome", outcome == Outcome.SUCCESS ? "success" : "error");
        fields.putAll(details);
        fields.put("script", script);
        return fields;
    }
}
