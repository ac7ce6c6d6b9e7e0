package org.telephonystack.stream.truth;

import java.util.Optional;

/// Something the assistant said was done, and was not, or was done for another time.
///
/// @param claimed the words; they may name a person, so they are never logged
/// @param truth what is stored of this kind; empty: nothing
public record UnbackedClaim(Kind kind, String claimed, Optional<CallFacts.Fact> truth) {

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
        String told = "You told the caller: \"" + claimed + "\". That is not true. ";
        return told
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
