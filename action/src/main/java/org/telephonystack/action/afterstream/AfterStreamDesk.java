package org.telephonystack.action.afterstream;

import org.telephonystack.action.outcome.CallEvent;
import org.telephonystack.action.outcome.CallFacts;
import org.telephonystack.action.outcome.OutcomeRule;
import org.telephonystack.action.recovery.Business;
import org.telephonystack.action.recovery.CallClosing;
import org.telephonystack.action.recovery.CallLedger;
import org.telephonystack.action.recovery.Conclusion;
import org.telephonystack.action.recovery.Conclusion.QueuedText;
import org.telephonystack.model.EndReason;
import org.telephonystack.model.call.AfterStream;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/// Says what becomes of a call whose stream has ended. A text is promised only if one is in the outbox, which is where the question
/// itself puts it: the same question asked twice gets the same answer.
public final class AfterStreamDesk {

    private final CallLedger ledger;
    private final CallClosing closing;
    private final Duration patience;

    /// @param patience how long the stream's journal may be behind the end of its socket; far below frontdoor's limit
    public AfterStreamDesk(CallLedger ledger, CallClosing closing, Duration patience) {
        this.ledger = ledger;
        this.closing = closing;
        this.patience = patience;
    }

    /// frontdoor saw a call come in.
    public CompletionStage<Void> announced(Announcement announcement) {
        return closing.on(announcement.event()).thenApply(_ -> null);
    }

    public CompletionStage<AfterStream> ask(Question question) {
        CallEvent event = question.event();
        return ledger.awaitEndOfStream(question.callSid(), patience)
                .thenCompose(_ -> closing.on(event))
                .thenApply(conclusion ->
                        conclusion
                                .map(AfterStreamDesk::next)
                                .orElse(new AfterStream.Apologise(false)));
    }

    private static AfterStream next(Conclusion conclusion) {
        CallFacts facts = conclusion.facts();
        if (facts.terminal().isPresent()) {
            // Nobody is on the line any more.
            return new AfterStream.HangUp();
        }
        return facts.stream()
                .endReason()
                .filter(end -> !OutcomeRule.isCutOff(end))
                .map(end -> planned(end, conclusion.business()))
                .orElseGet(() ->
                        new AfterStream.Apologise(
                                conclusion.text().map(QueuedText::isOnItsWay).orElse(false)));
    }

    private static AfterStream planned(EndReason end, Business business) {
        return switch (end) {
            case TRANSFER ->
                    business.transferNumber()
                            .<AfterStream>map(AfterStream.Dial::new)
                            .orElseGet(AfterStream.Voicemail::new);
            case VOICEMAIL -> new AfterStream.Voicemail();
            case ASSISTANT_ENDED,
                    CALLER_HUNG_UP,
                    CALLER_SILENT,
                    HANDED_OVER,
                    MODEL_LOST,
                    MODEL_REFUSED,
                    MODEL_SILENT,
                    CALLER_LEG_LOST,
                    PROTOCOL_ERROR,
                    BUG ->
                    new AfterStream.HangUp();
        };
    }
}
