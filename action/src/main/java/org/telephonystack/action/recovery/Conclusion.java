package org.telephonystack.action.recovery;

import org.telephonystack.action.outcome.CallFacts;
import org.telephonystack.action.outcome.Verdict;

import java.util.Optional;

/// Where a call stands after a piece of news, as it was committed.
///
/// @param concluded the outcome, where this very transaction recorded it: true for one process, once
/// @param text the call's recovery text, whoever queued it
public record Conclusion(
        CallFacts facts,
        Business business,
        Optional<Verdict.Final> concluded,
        Optional<QueuedText> text) {

    /// @param state of the outbox row
    /// @param reason why it was skipped or failed
    public record QueuedText(String recipient, String state, Optional<String> reason) {

        /// Whether it may be promised to a caller.
        public boolean isOnItsWay() {
            return !state.equals("skipped") && !state.equals("failed");
        }
    }
}
