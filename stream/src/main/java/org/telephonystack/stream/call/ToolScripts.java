package org.telephonystack.stream.call;

import org.telephonystack.model.EndReason;
import org.telephonystack.model.tool.ToolResult;
import org.telephonystack.stream.call.ModelEvent.ToolRequested;

import java.util.Map;
import java.util.Optional;

/// What the model is told when a tool call has no answer of its own. None of them promises anything.
final class ToolScripts {

    static final ToolResult MALFORMED =
            ToolResult.error(
                    "I'm sorry, let me try that once more.",
                    Map.of("problem", "the arguments were no JSON object"));

    /// The effect may have happened: the script must claim neither.
    static final ToolResult NO_ANSWER =
            ToolResult.error(
                    "I'm sorry, I could not reach our system, so I cannot confirm that right now.",
                    Map.of("problem", "no answer from our system"));

    static final ToolResult TOO_MANY =
            ToolResult.error(
                    "I'm sorry, I cannot get that done right now. Is there anything else I can help with?",
                    Map.of("problem", "too many tool calls in a row; speak to the caller"));

    static final ToolResult SAME_AGAIN =
            ToolResult.error(
                    "I'm sorry, I cannot get that done right now. Is there anything else I can help with?",
                    Map.of("problem", "the same call was made before; speak to the caller"));

    static final ToolResult INTERRUPTED =
            ToolResult.error(
                    "Of course, go ahead.",
                    Map.of("problem", "not carried out: the caller interrupted"));

    static final ToolResult LINE_STAYS_OPEN =
            ToolResult.success(
                    "Goodbye.", Map.of("note", "the line closes when the goodbye was heard"));

    private ToolScripts() {}

    /// For a model that did not ask.
    static String inWords(ToolRequested call, ToolResult result) {
        return "You called " + call.name() + ", and our system answered " + result.toFields() + ".";
    }

    /// What the call is to go on with once this was said: a person, a recording.
    static Optional<EndReason> then(ToolResult result) {
        if (result.outcome() != ToolResult.Outcome.SUCCESS) {
            return Optional.empty();
        }
        return switch (String.valueOf(result.details().get("then"))) {
            case "transfer" -> Optional.of(EndReason.TRANSFER);
            case "voicemail" -> Optional.of(EndReason.VOICEMAIL);
            default -> Optional.empty();
        };
    }
}
