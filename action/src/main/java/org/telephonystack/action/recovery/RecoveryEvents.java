package org.telephonystack.action.recovery;

import org.telephonystack.action.outcome.CallFacts;
import org.telephonystack.action.outcome.Verdict;
import org.telephonystack.model.CallOutcome;
import org.telephonystack.model.CallSid;

import java.util.Optional;

/// Port: what an operator and the call's trace get to see.
public interface RecoveryEvents {

    /// Once a call.
    void onOutcome(CallFacts facts, Verdict.Final verdict);

    /// Once a call, and nothing changes it any more: where a text is on its way, a stream whose books were late may have said
    /// meanwhile that nobody was lost.
    void onSettled(CallOutcome outcome);

    /// Twilio was asked about a call of which nobody had spoken for long.
    ///
    /// @param status Twilio's, or a word of ours: `not-found`, `unavailable`
    void onReconciled(CallSid callSid, String status);

    /// A caller was lost, or found a full house: the recovery protocol starts.
    void onLost(CallFacts facts, Verdict.Final verdict);

    void onTextSkipped(CallFacts facts, String reason);

    /// Twilio accepted it.
    ///
    /// @param lookedUp it had been sent by an attempt whose answer was lost
    void onTextSent(OutboxText text, String messageSid, boolean lookedUp);

    /// It was not to be sent after all.
    ///
    /// @param reason `opted_out`, `ended_well`
    void onTextNotNeeded(OutboxText text, String reason);

    /// It will not be sent.
    ///
    /// @param reason from a closed set: a remedy's word (`operator`: a person must act), `expired`, `unknown`
    /// @param code the provider's, where there is one
    void onTextFailed(OutboxText text, String reason, Optional<Integer> code);

    /// Nobody knows whether it was sent: it is looked up before anything else.
    void onTextUnknown(OutboxText text, String why);

    /// It was certainly not sent and is tried again.
    void onTextDelayed(OutboxText text, String why);
}
