package org.telephonystack.action.tool;

import org.telephonystack.action.business.Business;
import org.telephonystack.action.business.CurrentBusiness;
import org.telephonystack.model.tool.ToolCall;
import org.telephonystack.model.tool.ToolResult;
import org.telephonystack.model.tool.Tools.TransferToHuman;

import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// `transfer_to_human`: whether the call may go on with a person. Who carries the call ends it with `TRANSFER` once the
/// script was heard; the number is dialled after that and is never the model's to choose. It is the number that stands in the
/// database now, for that is what `after-stream` will read.
public final class TransferToHumanTool implements ToolHandler<TransferToHuman> {

    private final CurrentBusiness business;
    private final Clock clock;

    public TransferToHumanTool(CurrentBusiness business, Clock clock) {
        this.business = business;
        this.clock = clock;
    }

    @Override
    public CompletionStage<ToolResult> handle(TransferToHuman reason, ToolCall call) {
        return business.load().thenApply(this::answer);
    }

    @Override
    public Keeps keeps() {
        return Keeps.NOTHING;
    }

    /// Without the database nobody can be dialled either.
    @Override
    public ToolResult unavailable(Optional<Business> known) {
        return ToolResult.error(Script.of(known).say(Phrase.FOLLOW_UP_AWAY), Map.of());
    }

    private ToolResult answer(Optional<Business> known) {
        Script script = Script.of(known);
        return known.filter(this::hasSomebodyThere).isPresent()
                ? ToolResult.success(script.say(Phrase.TRANSFER), Map.of("then", "transfer"))
                : ToolResult.error(script.say(Phrase.NOBODY_THERE), Map.of("then", "take_message"));
    }

    private boolean hasSomebodyThere(Business known) {
        return known.profile().transferNumber().isPresent()
                && known.hours().isOpenAt(clock.instant().atZone(known.profile().zone()));
    }
}
