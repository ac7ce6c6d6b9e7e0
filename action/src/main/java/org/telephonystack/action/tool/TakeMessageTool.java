package org.telephonystack.action.tool;

import org.telephonystack.action.business.CurrentBusiness;
import org.telephonystack.action.followup.FollowUpStore;
import org.telephonystack.model.tool.ToolCall;
import org.telephonystack.model.tool.ToolResult;
import org.telephonystack.model.tool.Tools.TakeMessage;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/// `take_message`: notes what a person shall hear. A withheld number is no obstacle.
public final class TakeMessageTool extends FollowUpTool<TakeMessage> {

    private final FollowUpStore store;

    public TakeMessageTool(
            FollowUpStore store, Callers callers, CurrentBusiness business, Duration limit) {
        super(callers, business, limit);
        this.store = store;
    }

    @Override
    public CompletionStage<ToolResult> handle(TakeMessage message, ToolCall call) {
        return with(
                call,
                asked ->
                        store.noteMessage(
                                call,
                                asked.caller(),
                                plain(message.message()),
                                asked.deadline(),
                                asked.say(Phrase.MESSAGE_TAKEN)));
    }
}
