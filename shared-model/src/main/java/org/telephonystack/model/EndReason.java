package org.telephonystack.model;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.Optional;

/// Why a stream ended, as the stream service saw it. Committed to `calls.end_reason` before the socket is closed, so that
/// whoever is asked next (`after-stream`, the status callback) knows what was meant.
public enum EndReason {
    /// The assistant said goodbye (tool `end_call`, or the longest call was announced and reached).
    ASSISTANT_ENDED(true),
    /// Twilio said `stop`: the caller hung up, or a redirect took the call away.
    CALLER_HUNG_UP(true),
    /// The caller said nothing to two prompts.
    CALLER_SILENT(true),
    /// The call goes on with a person: `after-stream` dials.
    TRANSFER(true),
    /// The call goes on with a recording: `after-stream` records.
    VOICEMAIL(true),
    /// The pod is leaving: `after-stream` connects again at once.
    HANDED_OVER(true),
    /// The connection to the model was lost and could not be replaced.
    MODEL_LOST(false),
    /// The model refused our session or our credentials.
    MODEL_REFUSED(false),
    /// The model gave no answer although it was asked again.
    MODEL_SILENT(false),
    /// Twilio's socket broke without a `stop`.
    CALLER_LEG_LOST(false),
    /// Twilio's side spoke garbage: no `start`, a second `start`, no valid ticket.
    PROTOCOL_ERROR(false),
    /// A defect of ours ended this call.
    BUG(false);

    private final boolean planned;

    EndReason(boolean planned) {
        this.planned = planned;
    }

    /// Whether the stream meant to end: then `after-stream` does what was planned and the caller was not lost.
    public boolean isPlanned() {
        return planned;
    }

    /// The word in the database, in metrics and in logs: `model_lost`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<EndReason> ofWord(@Nullable String word) {
        return Words.find(values(), EndReason::word, word);
    }
}
