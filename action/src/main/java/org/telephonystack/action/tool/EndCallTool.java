package org.telephonystack.action.tool;

import org.telephonystack.action.business.Business;
import org.telephonystack.action.business.CurrentBusiness;
import org.telephonystack.model.tool.ToolCall;
import org.telephonystack.model.tool.ToolResult;
import org.telephonystack.model.tool.Tools.EndCall;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// `end_call`: a goodbye. The call itself is ended by who carries it, once the goodbye was heard; it needs no database.
public final class EndCallTool implements ToolHandler<EndCall> {

    private final CurrentBusiness business;

    public EndCallTool(CurrentBusiness business) {
        this.business = business;
    }

    @Override
    public CompletionStage<ToolResult> handle(EndCall reason, ToolCall call) {
        return CompletableFuture.completedFuture(goodbye(business.lastSeen()));
    }

    @Override
    public Keeps keeps() {
        return Keeps.NOTHING;
    }

    @Override
    public ToolResult unavailable(Optional<Business> known) {
        return goodbye(known);
    }

    private static ToolResult goodbye(Optional<Business> known) {
        Script script = Script.of(known);
        return ToolResult.success(
                known.map(business ->
                                script.say(
                                        Phrase.GOODBYE,
                                        Map.of("business", business.profile().name())))
                        .orElseGet(() -> script.say(Phrase.GOODBYE_PLAIN)),
                Map.of());
    }
}
