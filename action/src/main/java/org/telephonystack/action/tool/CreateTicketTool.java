package org.telephonystack.action.tool;

import org.telephonystack.action.business.CurrentBusiness;
import org.telephonystack.action.followup.FollowUpStore;
import org.telephonystack.model.tool.ToolCall;
import org.telephonystack.model.tool.ToolResult;
import org.telephonystack.model.tool.Tools.CreateTicket;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// `create_ticket`: opens a support case for the number that calls.
public final class CreateTicketTool extends FollowUpTool<CreateTicket> {

    private final FollowUpStore store;

    public CreateTicketTool(
            FollowUpStore store, Callers callers, CurrentBusiness business, Duration limit) {
        super(callers, business, limit);
        this.store = store;
    }

    @Override
    public CompletionStage<ToolResult> handle(CreateTicket wish, ToolCall call) {
        String subject = plain(wish.subject());
        return with(
                call,
                asked ->
                        asked.caller()
                                .map(caller ->
                                        store.openTicket(
                                                call,
                                                caller,
                                                subject,
                                                asked.deadline(),
                                                id -> opened(asked, id, subject)))
                                .orElseGet(() ->
                                        CompletableFuture.completedFuture(
                                                asked.refuse(Phrase.NUMBER_UNKNOWN))));
    }

    private static ToolResult opened(Asked asked, String id, String subject) {
        return ToolResult.success(
                Script.of(asked.business()).say(Phrase.TICKET_CREATED, Map.of("subject", subject)),
                Map.of("ticket_id", id));
    }
}
