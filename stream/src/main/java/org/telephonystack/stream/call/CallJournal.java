package org.telephonystack.stream.call;

import org.telephonystack.model.EndReason;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// What the database keeps of a call. One journal per call; nothing here blocks or throws, and a database that is away
/// costs rows, never the call.
public interface CallJournal {

    void started(CallStart start);

    /// Written within 100 ms.
    void turn(Turn turn);

    /// Written like a turn.
    void incident(Incident incident);

    /// Completes when the reason is committed; the caller's socket is closed after that, or after
    /// [CallSettings#journalLimit()].
    CompletionStage<?> ended(EndReason reason);

    /// Written like a turn, but at once: the process may die while the tool runs.
    void tool(ToolRequest request);

    /// What is written line by line while the call goes on.
    sealed interface Line {}

    /// Something that happened besides what was said.
    ///
    /// @param number from 1, in order
    /// @param kind `barge_in`, `model_replaced`, `claim_unbacked`, `emergency`
    /// @param details figures and words of ours; nobody's own words
    record Incident(int number, String kind, Map<String, Object> details, Instant at)
            implements Line {}

    /// A tool that was sent to be carried out, and once more when its answer is there; not where that promised a person, who
    /// is owed by the next stream too.
    ///
    /// @param params what the model asked for; not kept beyond the answer
    /// @param answered when the model was told what came of it
    record ToolRequest(
            String toolCallId,
            String name,
            Map<String, Object> params,
            Instant at,
            Optional<Instant> answered)
            implements Line {}

    /// Who said what, as it was heard.
    ///
    /// @param seq order of the conversation from 1; turns may be written in another order, because the caller's words are
    ///     known late
    /// @param heardMillis of the assistant's voice; 0 for the caller
    /// @param spokenMillis what the assistant would have said; 0 for the caller
    /// @param interrupted the caller spoke into it; `text` is then cut at about what was heard
    /// @param speechStopped when the caller had stopped speaking, for the answer that followed
    record Turn(
            int seq,
            Speaker speaker,
            String text,
            long heardMillis,
            long spokenMillis,
            boolean interrupted,
            Optional<Instant> speechStopped,
            Optional<Instant> firstAudio,
            Instant at)
            implements Line {}

    enum Speaker {
        CALLER,
        ASSISTANT
    }
}
