package org.telephonystack.stream.truth;

import java.util.Optional;

/// Something the assistant said was done, and was not, or was done for another time.
///
/// @param claimed the words; they may name a person, so they are never logged
/// @param truth what is stored of this kind; empty: nothing
/// @param isUnknown a tool that may have done it gave no answer: neither may be said
public record UnbackedClaim(
        Kind kind, String claimed, Optional<CallFacts.Fact> truth, boolean isUnknown) {

    /// A closed list: a label of metrics and spans.
    public enum Kind {
        BOOKED,
        CHANGED,
        CANCELLED,
        MESSAGE_TAKEN,
        TEXT_SENT
    }

    /// What the model is told, so that the very next thing it says puts it right.
    public String correction() {
        String told = "You told the caller: \"" + claimed + "\". ";
        if (isUnknown) {
            return told
                    + "Our system gave no answer, so nobody knows whether it was done. Tell the caller now, in the caller's "
                    + "language, before anything else, that you cannot confirm it. Promise nothing, and do not offer to do "
                    + "it again.";
        }
        return told
                + "That is not true. "
                + truth.map(fact ->
                                "Our system says instead: \""
                                        + fact.script()
                                        + "\" Tell the caller so now, in the caller's language, before anything else.")
                        .orElseGet(() ->
                                nothing(kind)
                                        + " Tell the caller so now, in the caller's language, before anything else, "
                                        + "and ask whether you shall do it.");
    }

    private static String nothing(Kind kind) {
        return switch (kind) {
            case BOOKED -> "No appointment was booked in this call.";
            case CHANGED -> "No appointment was changed in this call.";
            case CANCELLED -> "No appointment was cancelled in this call.";
            case MESSAGE_TAKEN -> "No message was taken in this call.";
            case TEXT_SENT -> "No text was sent in this call.";
        };
    }

    @Override
    public String toString() {
        return "UnbackedClaim[" + kind + "]";
    }
}
