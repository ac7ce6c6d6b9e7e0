package org.telephonystack.stream.call;

import org.telephonystack.model.CallSid;
import org.telephonystack.model.PhoneNumber;
import org.telephonystack.model.StreamSid;
import org.telephonystack.model.ticket.StreamTicket;

import java.time.Instant;
import java.util.Optional;

/// What is known when Twilio's `start` has come and its ticket has passed every check that needs no database.
///
/// @param callerNumber as Twilio gave it: E.164, or `anonymous`, `sip:…`
/// @param calledNumber as Twilio gave it; empty where frontdoor did not pass it on
/// @param attested the network vouches for the caller's number; any other number can be forged
public record CallStart(
        CallSid callSid,
        StreamSid streamSid,
        String callerNumber,
        String calledNumber,
        StreamTicket ticket,
        boolean attested,
        Instant at) {

    /// Of a number that nobody vouches for.
    public CallStart(
            CallSid callSid,
            StreamSid streamSid,
            String callerNumber,
            String calledNumber,
            StreamTicket ticket,
            Instant at) {
        this(callSid, streamSid, callerNumber, calledNumber, ticket, false, at);
    }

    /// Empty for callers who cannot be called back or looked up.
    public Optional<PhoneNumber> caller() {
        return PhoneNumber.parse(callerNumber);
    }
}
