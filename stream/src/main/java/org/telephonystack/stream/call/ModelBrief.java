package org.telephonystack.stream.call;

import org.telephonystack.model.tool.ToolDefinition;

import java.util.List;
import java.util.Optional;

/// What the model is told before the call begins, or goes on.
///
/// @param instructions the stable part first, what differs from call to call last: the beginning is then cached
/// @param voice the business's wish; the configured voice where it has none
/// @param language ISO 639-1, a hint for the transcript of what the caller says
/// @param soFar what was said before this connection, oldest first; empty where the call begins with it. It is part of the
///     conversation before [ModelEvent.Ready] is reported
public record ModelBrief(
        String instructions,
        List<ToolDefinition<?>> tools,
        Optional<String> voice,
        Optional<String> language,
        List<Spoken> soFar) {

    public ModelBrief {
        soFar = List.copyOf(soFar);
    }

    /// The brief of a call that begins.
    public ModelBrief(
            String instructions,
            List<ToolDefinition<?>> tools,
            Optional<String> voice,
            Optional<String> language) {
        this(instructions, tools, voice, language, List.of());
    }

    /// The same for another connection of the same call.
    public ModelBrief withSoFar(List<Spoken> soFar) {
        return new ModelBrief(instructions, tools, voice, language, soFar);
    }

    /// A part of the conversation as text.
    ///
    /// @param text of the assistant: what was heard, not what was meant to be said
    public record Spoken(Speaker speaker, String text) {}

    public enum Speaker {
        CALLER,
        ASSISTANT,
        /// Nobody said it: a result of a tool, an explanation of ours.
        NOTE
    }

    /// Writes the brief of one call.
    @FunctionalInterface
    public interface Writer {

        /// With [CallContext#soFar()] as its [ModelBrief#soFar()].
        ModelBrief write(CallStart start, CallContext context);
    }
}
