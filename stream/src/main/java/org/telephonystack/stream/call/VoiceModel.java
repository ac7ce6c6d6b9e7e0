package org.telephonystack.stream.call;

import java.time.Duration;

/// A connection to a voice model. Called on the call's event loop; nothing blocks or throws. Orders given before the model is
/// connected wait for it; orders after [#close()] are dropped.
public interface VoiceModel extends ModelOrders {

    /// Says who the assistant is. Answered by [ModelEvent.Ready], or by [ModelEvent.Lost] where the model refuses it.
    ///
    /// Until [ModelOrders#takeTurns()] the model hears the caller but neither answers by itself nor lets itself be interrupted.
    void configure(ModelBrief brief);

    /// Which endpoint serves this connection, in one short word for metrics and spans: `openai`.
    String endpoint();

    /// How long a connection to this endpoint lives at most, counted from [ModelEvent.Ready]; the call looks for another one
    /// before that.
    Duration longestSession();

    /// Closes the connection, or gives up connecting. No event comes afterwards.
    void close();

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
