package org.telephonystack.stream.admission;

import org.telephonystack.model.ticket.StreamTickets;

import java.util.Locale;

/// Why a stream was not let in. The word is the label of the counter and stands in the log line.
public enum Refusal {
    SIGNATURE_MISSING(Kind.SECURITY),
    SIGNATURE_WRONG(Kind.SECURITY),
    TICKET_MISSING(Kind.SECURITY),
    TICKET_MALFORMED(Kind.SECURITY),
    TICKET_FORGED(Kind.SECURITY),
    TICKET_EXPIRED(Kind.SECURITY),
    TICKET_REUSED(Kind.SECURITY),
    ACCOUNT_FOREIGN(Kind.SECURITY),
    STREAM_FOREIGN(Kind.SECURITY),
    NO_START(Kind.PROTOCOL),
    BEFORE_START(Kind.PROTOCOL),
    SECOND_START(Kind.PROTOCOL),
    MALFORMED(Kind.PROTOCOL),
    TOO_SLOW(Kind.PROTOCOL),
    DRAINING(Kind.CAPACITY),
    FULL(Kind.CAPACITY);

    /// What an operator does about it: look for an attacker, for a broken peer, or for another pod.
    public enum Kind {
        SECURITY,
        PROTOCOL,
        CAPACITY
    }

    private final Kind kind;

    Refusal(Kind kind) {
        this.kind = kind;
    }

    public static Refusal of(StreamTickets.Why why) {
        return switch (why) {
            case MISSING -> TICKET_MISSING;
            case MALFORMED -> TICKET_MALFORMED;
            case FORGED_OR_FOREIGN -> TICKET_FORGED;
            case EXPIRED -> TICKET_EXPIRED;
        };
    }

    public Kind kind() {
        return kind;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
