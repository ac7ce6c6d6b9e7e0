package org.telephonystack.stream.call;

import org.telephonystack.model.tool.ToolDefinition;

import java.util.List;
import java.util.Optional;

/// What the model is told before the call begins.
///
/// @param instructions the stable part first, what differs from call to call last: the beginning is then cached
/// @param voice the business's wish; the configured voice where it has none
/// @param language ISO 639-1, a hint for the transcript of what the caller says
public record ModelBrief(
        String instructions,
        List<ToolDefinition<?>> tools,
        Optional<String> voice,
        Optional<String> language) {

    /// Writes the brief of one call.
    @FunctionalInterface
    public interface Writer {

        ModelBrief write(CallStart start, CallContext context);
    }
}
