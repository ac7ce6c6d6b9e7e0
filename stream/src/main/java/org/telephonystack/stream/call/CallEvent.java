package org.telephonystack.stream.call;

import org.telephonystack.model.EndReason;
import org.telephonystack.model.tool.ToolResult;
import org.telephonystack.stream.call.ModelEvent.Status;
import org.telephonystack.stream.call.ModelEvent.Transcribed;
import org.telephonystack.stream.call.ModelEvent.Trouble;
import org.telephonystack.stream.call.ModelEvent.Usage;
import org.telephonystack.stream.truth.UnbackedClaim;

import java.time.Duration;
import java.util.Optional;

/// What can be observed of a call.
public sealed interface CallEvent {

    /// `[Stream] 🚀 Call Started`. Always the first.
    record Started(CallStart start) implements CallEvent {}

    record LookedUp(LookupOutcome outcome, Duration took) implements CallEvent {}

    /// `[Stream] 👤 Client Identified`.
    record ClientIdentified(CallContext.Client client) implements CallEvent {}

    /// @param took since the connection was asked for
    record ModelReady(Duration took) implements CallEvent {}

    /// `[Stream] 🎙️ Greeting Triggered`.
    record GreetingTriggered() implements CallEvent {}

    /// The caller stopped speaking, or the greeting was asked for: the assistant owes an answer.
    ///
    /// @param number from 1
    record TurnBegan(int number) implements CallEvent {}

    /// The first audio of the turn left towards the caller.
    ///
    /// See [TurnBegan] for where the clock starts.
    record FirstAudioSent(Duration sinceTurnBegan) implements CallEvent {}

    /// The first mark of the turn came back.
    record FirstAudioHeard(Duration sinceTurnBegan) implements CallEvent {}

    /// The first sound of an answer came from the model.
    ///
    /// @param took the model's own time: see [ModelClock]
    record ModelAnswered(String endpoint, Duration took) implements CallEvent {}

    /// The caller has said nothing for a while.
    ///
    /// @param times in a row; at the third the assistant says goodbye
    record CallerSilent(int times) implements CallEvent {}

    /// A tool takes so long that the caller is told so.
    record HoldingLine() implements CallEvent {}

    /// The assistant said that something was done, and nothing backs it. The words are nobody's here.
    record ClaimUnbacked(UnbackedClaim.Kind kind) implements CallEvent {}

    /// The caller spoke of an emergency, and is told whom to call.
    record EmergencyHeard() implements CallEvent {}

    /// Silence that we owed the caller was filled with a recorded sentence.
    record ClipPlayed() implements CallEvent {}

    /// `[Stream] 🔁 Call Resumed`: a stream that goes on with a call.
    ///
    /// @param known parts of the conversation that are known of it
    record TakenUp(int attempt, int known) implements CallEvent {}

    /// Another connection to a model serves the call.
    ///
    /// @param from endpoint of the one before
    /// @param cause why that one went: a code as in [ModelTrouble], or `expires`
    /// @param outage how long none served the call
    record ModelReplaced(String from, String to, String cause, Duration outage)
            implements CallEvent {}

    record ToolStarted(String callId, String name) implements CallEvent {}

    record ToolFinished(String callId, String name, ToolEnd end, Duration took)
            implements CallEvent {}

    /// `[Stream] ✅ Response Complete`, where the status is completed.
    record ResponseEnded(String responseId, Status status, Usage usage) implements CallEvent {}

    /// The caller's words were written down.
    record CallerTranscribed(Transcribed took) implements CallEvent {}

    record BargedIn(long heardMillis) implements CallEvent {}

    /// Everything owed was said and heard, or the caller interrupted, or the call ended.
    record TurnEnded(boolean interrupted) implements CallEvent {}

    /// Caller audio that nobody will hear: more than was kept while the model was not ready.
    record CallerAudioDropped(long millis) implements CallEvent {}

    /// Sound of the caller that was missing and that the model got as silence.
    record SilenceFilled(long millis) implements CallEvent {}

    /// The model complained, fell silent, or was lost.
    ///
    /// @param code an error code, a close code, or our word for it: `no_response`, `no_audio`
    record ModelTrouble(Trouble trouble, String code) implements CallEvent {}

    /// A defect of ours; the call ends.
    record Bug(Throwable cause) implements CallEvent {}

    /// `[Stream] 📴 Call Ended`. Always the last, exactly once.
    ///
    /// @param firstAudio from `start` to the first audio sent to the caller
    record Ended(EndReason reason, Duration duration, Optional<Duration> firstAudio)
            implements CallEvent {}

    enum LookupOutcome {
        FOUND,
        NEW_CALLER,
        /// Later than the limit: the call went on without.
        LATE,
        FAILED,
        REPLAYED,
        /// An earlier stream of the call had ended it as planned: nobody says anything any more.
        OVER
    }

    enum ToolEnd {
        SUCCESS,
        ERROR,
        /// No answer in time.
        TIMEOUT,
        /// The gateway failed.
        UNREACHABLE,
        /// The model's arguments were no JSON object.
        MALFORMED,
        /// Not carried out: too many in a row, or the caller interrupted.
        SKIPPED;

        static ToolEnd of(ToolResult result) {
            return switch (result.outcome()) {
                case SUCCESS -> SUCCESS;
                case ERROR -> ERROR;
            };
        }
    }
}
