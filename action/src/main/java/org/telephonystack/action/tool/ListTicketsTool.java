package org.telephonystack.action.tool;

import org.telephonystack.action.business.Business;
import org.telephonystack.action.business.CurrentBusiness;
import org.telephonystack.action.client.Ticket;
import org.telephonystack.action.client.TicketStore;
import org.telephonystack.model.PhoneNumber;
import org.telephonystack.model.tool.ToolCall;
import org.telephonystack.model.tool.ToolResult;
import org.telephonystack.model.tool.Tools.ListTickets;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// `list_tickets`: the caller's open support cases, newest first.
public final class ListTicketsTool implements ToolHandler<ListTickets> {

    private static final int AT_MOST = 3;

    private final TicketStore tickets;
    private final Callers callers;
    private final CurrentBusiness business;

    public ListTicketsTool(TicketStore tickets, Callers callers, CurrentBusiness business) {
        this.tickets = tickets;
        this.callers = callers;
        this.business = business;
    }

    @Override
    public CompletionStage<ToolResult> handle(ListTickets nothing, ToolCall call) {
        return business.load()
                .thenCompose(known ->
                        callers.of(call)
                                .thenCompose(this::openTickets)
                                .thenApply(open -> answer(Script.of(known), open)));
    }

    @Override
    public ToolResult unavailable(Optional<Business> known) {
        return ToolResult.error(Script.of(known).say(Phrase.TICKETS_AWAY), Map.of());
    }

    private CompletionStage<List<Ticket>> openTickets(Optional<PhoneNumber> caller) {
        return caller.map(number -> tickets.open(number, AT_MOST))
                .orElseGet(() -> CompletableFuture.completedFuture(List.of()));
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
