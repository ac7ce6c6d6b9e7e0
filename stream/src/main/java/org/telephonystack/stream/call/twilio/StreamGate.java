package org.telephonystack.stream.call.twilio;

import org.telephonystack.model.call.StreamParameters;
import org.telephonystack.model.ticket.StreamTicket;
import org.telephonystack.model.ticket.StreamTickets;
import org.telephonystack.stream.admission.Refusal;
import org.telephonystack.stream.admission.UsedTickets;

import java.util.Optional;

/// Decides by everything that needs no database whether a `start` may become a call.
public final class StreamGate {

    private final StreamTickets tickets;
    private final UsedTickets used;
    private final Optional<String> accountSid;

    /// @param accountSid the only account whose streams are let in; empty for whoever holds a ticket
    public StreamGate(StreamTickets tickets, UsedTickets used, Optional<String> accountSid) {
        this.tickets = tickets;
        this.used = used;
        this.accountSid = accountSid;
    }

    sealed interface Decision {
        record Admitted(StreamTicket ticket) implements Decision {}

        record Refused(Refusal why) implements Decision {}
    }

    Decision decide(TwilioMessage.Start start) {
        if (accountSid.isPresent() && !accountSid.get().equals(start.accountSid())) {
            return new Decision.Refused(Refusal.ACCOUNT_FOREIGN);
        }
        String ticket = start.parameters().getOrDefault(StreamParameters.TICKET, "");
        return switch (tickets.check(ticket, start.callSid())) {
            case StreamTickets.Checked.Refused refused ->
                    new Decision.Refused(Refusal.of(refused.why()));
            case StreamTickets.Checked.Valid valid ->
                    used.use(valid.ticket())
                            ? new Decision.Admitted(valid.ticket())
                            : new Decision.Refused(Refusal.TICKET_REUSED);
        };
    }
}
