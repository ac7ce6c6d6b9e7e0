package org.telephonystack.stream.call;

import org.telephonystack.stream.call.VoiceModel.Purpose;

import java.util.Map;

/// What a call asks of its model while they talk. Called on the call's event loop; nothing blocks or throws.
public interface ModelOrders {

    /// From now on the model answers when the caller has stopped speaking, and stops when the caller speaks.
    void takeTurns();

    /// The caller's voice: base64 of µ-law in `text` from `from` (inclusive) to `to` (exclusive), passed on as it is.
    void hear(String text, int from, int to);

    /// Adds a sentence of ours to the conversation, such as which key the caller pressed. Asks for no answer.
    void note(String text);

    /// Answers a [ModelEvent.ToolRequested]. Asks for no answer.
    void answerTool(String callId, Map<String, Object> fields);

    /// Asks the model to speak. Only one answer can be under way: see [ResponseSlot].
    void respond(Purpose purpose);

    /// Stops an answer under way.
    void cancel(String responseId);

    /// Tells the model how much of what it said was heard; the rest is forgotten.
    ///
    /// @param heardMillis of this item's own audio, never more than was sent of it
    void truncate(String itemId, long heardMillis);
}
