package org.telephonystack.stream.wiring;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.telephonystack.model.ticket.StreamTickets;
import org.telephonystack.model.twilio.PublicUrl;
import org.telephonystack.model.twilio.TwilioSignature;
import org.telephonystack.stream.admission.CallAdmission;
import org.telephonystack.stream.admission.UsedTickets;
import org.telephonystack.stream.call.twilio.HandshakeCheck;
import org.telephonystack.stream.call.twilio.MediaStreams;
import org.telephonystack.stream.call.twilio.StreamGate;

import java.time.Clock;

/// Who is let in.
final class DoorWiring {

    @Produces
    @Singleton
    static CallAdmission admission(StreamConfig config) {
        return new CallAdmission(config.callLimit());
    }

    @Produces
    @Singleton
    static HandshakeCheck handshakeCheck(
            StreamConfig config,
            TwilioConfig twilio,
            CallAdmission admission,
            ServiceEvents events) {
        return new HandshakeCheck(
                new TwilioSignature(twilio.authTokens()),
                new PublicUrl(config.publicUrl()),
                config.signatureMode(),
                admission,
                events);
    }

    @Produces
    @Singleton
    static MediaStreams mediaStreams(
            StreamConfig config,
            TicketConfig tickets,
            CallAdmission admission,
            CallFactory calls,
            ServiceEvents events) {
        var gate =
                new StreamGate(
                        new StreamTickets(tickets.secrets(), Clock.systemUTC()),
                        new UsedTickets(Clock.systemUTC()),
                        config.accountSid());
        return new MediaStreams(gate, admission, calls, events, events, config.startWithin());
    }
}
