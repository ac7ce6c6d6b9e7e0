package org.telephonystack.action.afterstream;

import org.telephonystack.action.outcome.CallEvent;
import org.telephonystack.action.outcome.CallFacts;
import org.telephonystack.action.outcome.OutcomeRule;
import org.telephonystack.action.outcome.TerminalStatus;
import org.telephonystack.action.recovery.Business;
import org.telephonystack.action.recovery.CallClosing;
import org.telephonystack.action.recovery.CallLedger;
import org.telephonystack.action.recovery.Conclusion;
import org.telephonystack.action.recovery.Conclusion.QueuedText;
import org.telephonystack.model.EndReason;
import org.telephonystack.model.call.AfterStream;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Says what becomes of a call whose stream has ended: another stream takes it up, what was planned is done, or the caller was
/// lost. A text is promised only if one is in the outbox, which is where the question itself puts it: the same question asked
/// twice gets the same answer.
public final class AfterStreamDesk {

    private final CallLedger ledger;
    private final CallClosing closing;
    private final Takeovers takeovers;
    private final Humans humans;
    private final AfterStreamEvents events;
    private final Duration patience;

    /// @param patience how long the stream's journal may be behind the end of its socket; far below frontdoor's limit
    public AfterStreamDesk(
            CallLedger ledger,
            CallClosing closing,
            Takeovers takeovers,
            Humans humans,
            AfterStreamEvents events,
            Duration patience) {
        this.ledger = ledger;
        this.closing = closing;
        this.takeovers = takeovers;
        this.humans = humans;
        this.events = events;
        this.patience = patience;
    }

    /// frontdoor saw a call come in.
    public CompletionStage<Void> announced(Announcement announcement) {
        return closing.on(announcement.event()).thenApply(_ -> null);
    }

    public CompletionStage<AfterStream> ask(Question question) {
        if (TerminalStatus.ofWord(question.callStatus().orElse(null)).isPresent()) {
            // Nobody is on the line any more: this is news of the end.
            return closing.on(question.event()).thenApply(_ -> new AfterStream.HangUp());
        }
        return ledger.awaitEndOfStream(question.callSid(), patience)
                .thenCompose(_ -> takeovers.decide(question))
                .thenCompose(takeover ->
                        switch (takeover) {
                            case Takeover.ConnectAgain next -> {
                                events.onConnectedAgain(
                                        question.callSid(),
                                        question.attempt(),
                                        next,
                                        question.redirected());
                                yield now(new AfterStream.ConnectAgain(next.attempt()));
                            }
                            case Takeover.Wait() -> now(new AfterStream.Wait());
                            case Takeover.Full() -> turnAway(question.turnedAway());
                            case Takeover.Leave() -> conclude(question.event());
                        });
    }

    private CompletionStage<AfterStream> conclude(CallEvent event) {
        return closing.on(event)
                .thenCompose(conclusion ->
                        conclusion
                                .map(this::next)
                                .orElseGet(() -> now(new AfterStream.Apologise(false))));
    }

    private CompletionStage<AfterStream> turnAway(CallEvent event) {
        return closing.on(event)
                .thenCompose(conclusion ->
                        conclusion.filter(it -> it.facts().terminal().isPresent()).isPresent()
                                ? now(new AfterStream.HangUp())
                                : humans.whoIsThere().thenApply(AfterStream.FullHouse::new));
    }

    private CompletionStage<AfterStream> next(Conclusion conclusion) {
        CallFacts facts = conclusion.facts();
        if (facts.terminal().isPresent()) {
            return now(new AfterStream.HangUp());
        }
        Optional<EndReason> planned =
                facts.stream().endReason().filter(end -> !OutcomeRule.isCutOff(end));
        if (planned.isPresent()) {
            return now(planned(planned.get(), conclusion.business()));
        }
        boolean textIsOnItsWay = conclusion.text().map(QueuedText::isOnItsWay).orElse(false);
        return humans.whoIsThere()
                .thenApply(number -> new AfterStream.Apologise(textIsOnItsWay, number));
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

    private static CompletionStage<AfterStream> now(AfterStream answer) {
        return CompletableFuture.completedStage(answer);
    }
}
