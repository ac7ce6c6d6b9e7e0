package org.telephonystack.action.tool;

import java.util.Locale;

/// The sentences there are; their words are in `scripts/<language>.properties`.
enum Phrase {
    OFFER("offer"),
    OFFER_TAKEN("offer.taken"),
    OFFER_CLOSED("offer.closed"),
    OFFER_PAST("offer.past"),
    OFFER_TOO_SOON("offer.too-soon"),
    OFFER_DAY_FULL("offer.day-full"),
    OFFER_PART_FULL("offer.part-full"),
    BEYOND_HORIZON("beyond-horizon"),
    NOTHING_FREE("nothing-free"),
    UNCLEAR_TIME("unclear-time"),
    TIME_MISSING("time-missing"),
    WHICH_SERVICE("which-service"),
    UNKNOWN_SERVICE("unknown-service"),
    NOT_SET_UP("not-set-up"),
    BOOKED("booked"),
    OTHER_SERVICE_BOOKED("other-service-booked"),
    BOOKING("booking"),
    BOOKINGS_NONE("bookings.none"),
    BOOKINGS_ONE("bookings.one"),
    BOOKINGS_MANY("bookings.many"),
    BOOKINGS_WHICH("bookings.which"),
    CANCELLED("cancelled"),
    MOVED("moved"),
    PROOF_NEEDED("proof-needed"),
    PROOF_NEEDED_TICKETS("proof-needed.tickets"),
    PROOF_FAILED("proof-failed"),
    NUMBER_UNKNOWN("number-unknown"),
    CALLER_UNKNOWN("caller-unknown"),
    CALENDAR_AWAY("calendar-away"),
    CALENDAR_AWAY_NO_LINK("calendar-away.no-link"),
    TICKETS_NONE("tickets.none"),
    TICKETS_ONE("tickets.one"),
    TICKETS_MANY("tickets.many"),
    TICKETS_AWAY("tickets-away"),
    TICKET_CREATED("ticket-created"),
    MESSAGE_TAKEN("message-taken"),
    LINK_SENT("link-sent"),
    LINK_NONE("link-none"),
    LINK_TEXT("link-text"),
    TEXT_IMPOSSIBLE("text-impossible"),
    TRANSFER("transfer"),
    NOBODY_THERE("nobody-there"),
    FOLLOW_UP_AWAY("follow-up-away"),
    GOODBYE("goodbye"),
    GOODBYE_PLAIN("goodbye.plain"),
    TOO_MANY("too-many"),
    UNKNOWN_ACTION("unknown-action"),
    NOT_UNDERSTOOD("not-understood");

    private final String key;

    Phrase(String key) {
        this.key = key;
    }

    String key() {
        return key;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
