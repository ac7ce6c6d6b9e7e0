package org.telephonystack.action.recovery;

import org.telephonystack.action.outcome.CallEvent;
import org.telephonystack.action.outcome.CallFacts;
import org.telephonystack.action.outcome.Verdict;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Takes news of calls, and says once how each ended.
public final class CallClosing {

    /// A round looks at no more: the next one comes soon enough.
    private static final int MOST_A_ROUND = 100;

    private final CallLedger ledger;
    private final RecoveryEvents events;

    public CallClosing(CallLedger ledger, RecoveryEvents events) {
        this.ledger = ledger;
        this.events = events;
    }

    public CompletionStage<Optional<Conclusion>> on(CallEvent event) {
        return ledger.note(event).thenApply(conclusion -> conclusion.map(this::announced));
    }

    /// Concludes calls whose time has come.
    ///
    /// @return how many were looked at
    public CompletionStage<Integer> reviewDue() {
        return reviewDue(0);
    }

    private CompletionStage<Integer> reviewDue(int looked) {
        if (looked == MOST_A_ROUND) {
            return CompletableFuture.completedFuture(looked);
        }
        return ledger.reviewNextDue()
                .thenCompose(conclusion -> {
                    if (conclusion.isEmpty()) {
                        return CompletableFuture.completedFuture(looked);
                    }
                    announced(conclusion.get());
                    return reviewDue(looked + 1);
                });
    }

    private Conclusion announced(Conclusion conclusion) {
        conclusion
                .concluded()
                .ifPresent(verdict -> {
                    events.onOutcome(conclusion.facts(), verdict);
                    if (conclusion.text().filter(Conclusion.QueuedText::isOnItsWay).isEmpty()) {
                        events.onSettled(verdict.outcome());
                    }
                    conclusion
                            .text()
                            .ifPresent(text -> announced(conclusion.facts(), verdict, text));
                });
        return conclusion;
    }

    private void announced(CallFacts facts, Verdict.Final verdict, Conclusion.QueuedText text) {
        if (text.isOnItsWay()) {
            events.onLost(facts, verdict);
        } else {
            events.onTextSkipped(facts, text.reason().orElse("unknown"));
        }
    }
}
