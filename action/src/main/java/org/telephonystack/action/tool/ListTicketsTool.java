package org.telephonystack.action.tool;

import org.telephonystack.action.booking.AppointmentDesk;
import org.telephonystack.action.booking.AppointmentRequest.Proof;
import org.telephonystack.action.business.Business;
import org.telephonystack.action.client.Ticket;
import org.telephonystack.action.client.TicketStore;
import org.telephonystack.model.tool.ToolCall;
import org.telephonystack.model.tool.ToolResult;
import org.telephonystack.model.tool.Tools.ListTickets;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// `list_tickets`: the open support cases of the number that calls, newest first, to whom it belongs.
public final class ListTicketsTool implements ToolHandler<ListTickets> {

    private static final int AT_MOST = 3;

    private final TicketStore tickets;
    private final AppointmentDesk desk;
    private final Appointments appointments;

    public ListTicketsTool(TicketStore tickets, AppointmentDesk desk, Appointments appointments) {
        this.tickets = tickets;
        this.desk = desk;
        this.appointments = appointments;
    }

    @Override
    public CompletionStage<ToolResult> handle(ListTickets wish, ToolCall call) {
        return appointments.readBack(
                call,
                new Proof(wish.name(), wish.time()),
                desk::list,
                new Appointments.ReadBack(
                        Phrase.PROOF_NEEDED_TICKETS,
                        (business, caller) ->
                                tickets.open(caller, AT_MOST)
                                        .thenApply(open -> answer(Script.of(business), open)),
                        this::unavailable));
    }

    @Override
    public ToolResult unavailable(Optional<Business> known) {
        return ToolResult.error(Script.of(known).say(Phrase.TICKETS_AWAY), Map.of());
    }

    private static ToolResult answer(Script script, List<Ticket> open) {
        String subjects =
                script.allOf(open.stream().map(ticket -> ticket.subject().strip()).toList());
        String sentence =
                switch (open.size()) {
                    case 0 -> script.say(Phrase.TICKETS_NONE);
                    case 1 -> script.say(Phrase.TICKETS_ONE, Map.of("tickets", subjects));
                    default ->
                            script.say(
                                    Phrase.TICKETS_MANY,
                                    Map.of(
                                            "count",
                                            String.valueOf(open.size()),
                                            "tickets",
                                            subjects));
                };
        List<Map<String, String>> rows =
                open.stream()
                        .map(ticket ->
                                Map.of(
                                        "id", ticket.id(),
                                        "subject", ticket.subject(),
                                        "status", ticket.status()))
                        .toList();
        return ToolResult.success(sentence, Map.of("tickets", rows));
    }
}
