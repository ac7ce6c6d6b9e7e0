package org.telephonystack.stream.call;

import java.time.Duration;
import java.util.Map;

/// The model's side of a call. Called on the call's event loop; nothing blocks or throws. Orders given before the model is
/// connected wait for it; orders after [#close()] are dropped.
public interface VoiceModel {

    /// Says who the assistant is. Answered by [ModelEvent.Ready], or by [ModelEvent.Lost] where the model refuses it.
    ///
    /// Until [#takeTurns()] the model hears the caller but neither answers by itself nor lets itself be interrupted.
    void configure(ModelBrief brief);

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

    /// Closes the connection, or gives up connecting. No event comes afterwards.
    void close();

    /// Which endpoint serves this connection, in one short word for metrics and spans: `openai`.
    String endpoint();

    /// How long a connection to this endpoint lives at most, counted from [ModelEvent.Ready]; the call looks for another one
    /// before that.
    Duration longestSession();

    /// Why the model is asked to speak.
    enum Purpose {
        /// The first words of the call; no tools.
        GREETING,
        /// An answer to the caller or to the results of tools.
        ANSWER,
        /// Without tools: after too many of them in a row, while one takes its time, to a silent caller, for a goodbye.
        WORDS_ONLY
    }
}
