package org.telephonystack.model.tool;

import org.telephonystack.model.CallSid;

import java.util.Map;
import java.util.Optional;

/// The model wants something done: `{"action": …, "params": {…}, "callSid": …, "toolCallId": …}`.
///
/// With a CallSid the caller's number is the call's; without one `params.phone` counts (the original's contract).
///
/// @param params as the model wrote them: never trusted, validated by the tool's [ToolDefinition]
/// @param toolCallId the model's `call_id`; one id is carried out once
public record ToolCall(
        String action,
        Map<String, Object> params,
        Optional<CallSid> callSid,
        Optional<String> toolCallId) {}
