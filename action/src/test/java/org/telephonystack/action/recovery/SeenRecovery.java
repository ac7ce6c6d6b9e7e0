package org.telephonystack.action.recovery;

import org.telephonystack.action.outcome.CallFacts;
import org.telephonystack.action.outcome.Verdict;
import org.telephonystack.model.CallOutcome;
import org.telephonystack.model.CallSid;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// Remembers what calls came to.
final class SeenRecovery implements RecoveryEvents {

    private final List<CallOutcome> settled = new CopyOnWriteArrayList<>();

    List<CallOutcome> settled() {
        return settled;
    }

    @Override
    public void onSettled(CallOutcome outcome) {
        settled.add(outcome);
    }

    @Override
    public void onOutcome(CallFacts facts, Verdict.Final verdict) {}

    @Override
    public void onReconciled(CallSid callSid, String status) {}

    @Override
    public void onLost(CallFacts facts, Verdict.Final verdict) {}

    @Override
    public void onTextSkipped(CallFacts facts, String reason) {}

    @Override
    public void onTextSent(OutboxText text, String messageSid, boolean lookedUp) {}

    @Override
    public void onTextNotNeeded(OutboxText text, String reason) {}

    @Override
    public void onTextFailed(OutboxText text, String reason, Optional<Integer> code) {}

    @Override
    public void onTextUnknown(OutboxText text, String why) {}

    @Override
    public void onTextDelayed(OutboxText text, String why) {}
}
