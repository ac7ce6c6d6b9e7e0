package org.telephonystack.stream.call;

import org.telephonystack.model.tool.ToolCall;
import org.telephonystack.model.tool.ToolResult;

import java.util.concurrent.CompletionStage;

/// Where tool calls are carried out.
@FunctionalInterface
public interface ToolGateway {

    /// Always with CallSid and `toolCallId`. [CallEvent.ToolStarted] with the same id was observed before, so that its span
    /// can be the parent. A failure (exceptional) becomes an error script; the call does not wait longer than
    /// [CallSettings#toolDeadline()].
    CompletionStage<ToolResult> call(ToolCall call);
}
