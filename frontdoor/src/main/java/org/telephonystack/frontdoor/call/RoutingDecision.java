package org.telephonystack.frontdoor.call;

import org.telephonystack.model.PhoneNumber;
import org.telephonystack.model.ticket.StreamTicket;

import java.util.Optional;

/// What happens to a call next; each case becomes one TwiML document.
public sealed interface RoutingDecision {

    /// Connect the caller with the assistant.
    ///
    /// @param attempt which stream of the call this will be, 1 for the first
    record Connect(StreamTicket.Kind kind, int attempt) implements RoutingDecision {}

    /// Do not answer at all.
    record Reject() implements RoutingDecision {}

    /// Say that all lines are busy, then put the caller through or take a message.
    record FullHouse(Optional<PhoneNumber> thenDial) implements RoutingDecision {}

    /// Somebody is redirecting this call: a moment of silence, and the same question once more.
    record AskAgain(int attempt) implements RoutingDecision {}

    record HangUp() implements RoutingDecision {}

    /// Put the caller through to a person.
    record Dial(PhoneNumber number) implements RoutingDecision {}

    /// Let the caller leave a message.
    record Voicemail() implements RoutingDecision {}

    /// Say sorry, then put the caller through or hang up.
    ///
    /// @param promiseText whether a text message is really on its way
    record Apologise(boolean promiseText, Optional<PhoneNumber> thenDial)
            implements RoutingDecision {}

    /// The caller left a message: say thanks and goodbye.
    record Thank() implements RoutingDecision {}

    /// Nobody is there to hear anything.
    record Nothing() implements RoutingDecision {}

    /// The word in logs, metrics and spans.
    default String word() {
        return switch (this) {
            case Connect _ -> "connect";
            case Reject _ -> "reject";
            case FullHouse _ -> "full_house";
            case AskAgain _ -> "ask_again";
            case HangUp _ -> "hang_up";
            case Dial _ -> "dial";
            case Voicemail _ -> "voicemail";
            case Apologise _ -> "apologise";
            case Thank _ -> "thank";
            case Nothing _ -> "nothing";
        };
    }
}
