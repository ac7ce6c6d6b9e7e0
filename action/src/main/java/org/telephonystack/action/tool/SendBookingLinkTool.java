package org.telephonystack.action.tool;

import org.telephonystack.action.business.Business;
import org.telephonystack.action.business.CurrentBusiness;
import org.telephonystack.action.followup.FollowUpStore;
import org.telephonystack.action.sms.Gsm7;
import org.telephonystack.model.tool.ToolCall;
import org.telephonystack.model.tool.ToolResult;
import org.telephonystack.model.tool.Tools.SendBookingLink;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// `send_booking_link`: texts the link to the number that calls, and to no other.
public final class SendBookingLinkTool extends FollowUpTool<SendBookingLink> {

    private final FollowUpStore store;
    private final Runnable queued;

    /// @param queued wakes whoever sends texts, after the commit
    public SendBookingLinkTool(
            FollowUpStore store,
            Callers callers,
            CurrentBusiness business,
            Duration limit,
            Runnable queued) {
        super(callers, business, limit);
        this.store = store;
        this.queued = queued;
    }

    @Override
    public CompletionStage<ToolResult> handle(SendBookingLink nothing, ToolCall call) {
        return with(call, asked -> send(asked, call))
                .thenApply(answer -> {
                    if (answer.outcome() == ToolResult.Outcome.SUCCESS) {
                        queued.run();
                    }
                    return answer;
                });
    }

    private CompletionStage<ToolResult> send(Asked asked, ToolCall call) {
        Optional<String> text = asked.business().flatMap(SendBookingLinkTool::text);
        if (text.isEmpty()) {
            return CompletableFuture.completedFuture(asked.refuse(Phrase.LINK_NONE));
        }
        return asked.caller()
                .map(caller ->
                        store.queueBookingLink(
                                call,
                                caller,
                                text.get(),
                                asked.deadline(),
                                asked.say(Phrase.LINK_SENT),
                                asked.refuse(Phrase.TEXT_IMPOSSIBLE)))
                .orElseGet(() ->
                        CompletableFuture.completedFuture(asked.refuse(Phrase.NUMBER_UNKNOWN)));
    }

    private static Optional<String> text(Business business) {
        return business.profile()
                .bookingLink()
                .map(link ->
                        Script.of(business)
                                .say(
                                        Phrase.LINK_TEXT,
                                        Map.of(
                                                "business",
                                                Gsm7.plain(business.profile().name()),
                                                "link",
                                                link)));
    }
}
