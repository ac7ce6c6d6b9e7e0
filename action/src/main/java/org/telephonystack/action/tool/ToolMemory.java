package org.telephonystack.action.tool;

import org.telephonystack.model.tool.ToolCall;
import org.telephonystack.model.tool.ToolResult;

import java.util.concurrent.CompletionStage;

/// What was answered to tool calls, so that the same one hears the same.
@FunctionalInterface
public interface ToolMemory {

    /// Keeps the answer to the call, unless there is one already.
    ///
    CompletionStage<Kept> keep(ToolCall call, ToolResult answer);

    /// @param answer the one that is kept; of a call without CallSid or id none is, and this is what was to be
    /// @param toolCalls that were answered lately to the same caller, this one included, whichever processes did
    record Kept(ToolResult answer, int toolCalls) {}
}
