package org.telephonystack.stream.call.openai;

import org.telephonystack.stream.call.ModelEvent;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// What one connection was told and has not confirmed yet: notes, results of tools, truncations. Nobody waits for what it
/// refused: else no response would ever know all of them.
final class OpenOrders {

    private final Set<String> notes = new HashSet<>();
    private final Map<String, String> toolAnswers = new HashMap<>();
    private final Map<String, String> truncations = new HashMap<>();

    void noted(String noteId) {
        notes.add(noteId);
    }

    void answered(String commandId, String callId) {
        toolAnswers.put(commandId, callId);
    }

    void truncated(String commandId, String itemId) {
        truncations.put(commandId, itemId);
    }

    /// @return whether the item is a note that was waited for
    boolean takesNote(String itemId) {
        return notes.remove(itemId);
    }

    void takesAnswer(String callId) {
        toolAnswers.values().remove(callId);
    }

    void takesTruncation(String itemId) {
        truncations.values().remove(itemId);
    }

    /// @param taken gets what is not to be waited for any longer
    /// @return the item that was to be truncated, where that was the order
    Optional<String> refused(String commandId, Consumer<ModelEvent> taken) {
        if (notes.remove(RealtimeEncoder.noteId(commandId))) {
            taken.accept(new ModelEvent.NoteTaken());
        }
        String callId = toolAnswers.remove(commandId);
        if (callId != null) {
            taken.accept(new ModelEvent.ToolAnswerTaken(callId));
        }
        return Optional.ofNullable(truncations.remove(commandId));
    }
}
