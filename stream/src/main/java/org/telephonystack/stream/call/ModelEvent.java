package org.telephonystack.stream.call;

import java.util.Map;
import java.util.Optional;

/// What a voice model says besides audio.
public sealed interface ModelEvent {

    /// The model took its brief and speaks µ-law: audio may flow.
    record Ready() implements ModelEvent {}

    record CallerSpeechStarted() implements ModelEvent {}

    record CallerSpeechStopped() implements ModelEvent {}

    /// What the caller just said has become an item of the conversation; its text follows, perhaps much later.
    record CallerItem(String itemId) implements ModelEvent {}

    /// @param took what writing it down took
    record CallerTranscript(String itemId, String text, Transcribed took) implements ModelEvent {

        public CallerTranscript(String itemId, String text) {
            this(itemId, text, Transcribed.NONE);
        }
    }

    record ResponseCreated(String responseId) implements ModelEvent {}

    /// A few more words of what the assistant says; usually ahead of the audio.
    record AssistantWords(String responseId, String itemId, String words) implements ModelEvent {}

    /// All audio of this item has been sent.
    record AssistantItemDone(String responseId, String itemId) implements ModelEvent {}

    /// The model wants something done. Only ever a call that it has written to its end.
    ///
    /// @param params empty when the arguments were no JSON object
    record ToolRequested(
            String responseId, String callId, String name, Optional<Map<String, Object>> params)
            implements ModelEvent {}

    /// The model has our answer to this tool call: a response that begins from now on knows it.
    record ToolAnswerTaken(String callId) implements ModelEvent {}

    /// The model has one more of our notes: a response that begins from now on knows it. In the order in which they were given.
    record NoteTaken() implements ModelEvent {}

    /// Comes exactly once for each [ResponseCreated].
    record ResponseDone(String responseId, Status status, Usage usage) implements ModelEvent {}

    /// Our [VoiceModel#respond] came while another answer was under way and was dropped.
    record ResponseRefused() implements ModelEvent {}

    /// Caller audio the connection did not take in time; the oldest goes first.
    record CallerAudioDropped(long millis) implements ModelEvent {}

    /// The model complains; the connection lives.
    record Complaint(Trouble trouble, String code) implements ModelEvent {}

    /// The connection is over, or never came to be. The last event.
    ///
    /// @param detail for the log: a status, a close code, an error code; never a text of the provider
    record Lost(Trouble trouble, String detail) implements ModelEvent {

        /// It answered no ping, and nobody knows how long it has been so.
        public static final String PING_UNANSWERED = "ping_unanswered";
    }

    enum Status {
        COMPLETED,
        /// The caller interrupted, or we did.
        CANCELLED,
        /// It was written and not spoken.
        TEXT_ONLY,
        /// It broke off in the middle.
        INCOMPLETE,
        /// Nothing was said; asking again may help.
        FAILED,
        /// Nothing was said, and asking again cannot help: no quota, a bad key.
        FAILED_FOR_GOOD
    }

    enum Trouble {
        /// To be expected, nothing to do: a cancel that came too late.
        BENIGN,
        /// May pass: a limit of rate, a fault of the server, a broken connection.
        PASSING,
        /// Will not pass by itself: a bad key, no quota, a refused brief.
        LASTING
    }

    /// What the model that writes down the caller's words took for some of them: tokens or seconds, as it is paid.
    record Transcribed(long textIn, long audioIn, long textOut, double seconds) {

        public static final Transcribed NONE = new Transcribed(0, 0, 0, 0);
    }

    /// Tokens of one response, for the cost of a call. All zero where the model did not say.
    record Usage(
            long textIn,
            long textCached,
            long audioIn,
            long audioCached,
            long textOut,
            long audioOut) {

        public static final Usage NONE = new Usage(0, 0, 0, 0, 0, 0);
    }
}
