package org.telephonystack.action.recovery;

import org.telephonystack.action.outcome.OutcomeRule;
import org.telephonystack.model.CallOutcome;
import org.telephonystack.model.CallSid;
import org.telephonystack.model.EndReason;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// A text that this process has claimed and nobody else will touch until the lease ends.
///
/// @param attempts counts claims; it fences off a process whose lease has run out
/// @param lookUpFirst an earlier attempt may have sent it
/// @param loss of the call, where the text is for that
/// @param knownSids messages to this recipient that belong to other rows
public record OutboxText(
        UUID id,
        Optional<CallSid> callSid,
        String recipient,
        String body,
        int attempts,
        boolean lookUpFirst,
        boolean expired,
        boolean optedOut,
        Optional<Loss> loss,
        Instant createdAt,
        Set<String> knownSids) {

    /// @param outcome as it was decided
    /// @param meant how the stream ended after all, where that was meant: nobody was lost, only its books were late
    public record Loss(CallOutcome outcome, Optional<EndReason> meant) {

        /// What the call came to, as far as is known now.
        CallOutcome settled() {
            return meant.map(OutcomeRule::outcomeOf).orElse(outcome);
        }
    }

    /// Whether it says sorry to a lost caller; any other was asked for.
    public boolean isForALostCaller() {
        return loss.isPresent();
    }

    /// Whether nobody has touched it before.
    boolean isFirstClaim() {
        return attempts == 1;
    }

    Optional<EndReason> meantAfterAll() {
        return loss.flatMap(Loss::meant);
    }

    @Override
    public String toString() {
        return "OutboxText " + id;
    }
}
