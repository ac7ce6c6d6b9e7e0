package org.telephonystack.action.outcome;

import org.telephonystack.model.CallOutcome;

import java.time.Duration;

/// What the facts of a call come to.
public sealed interface Verdict {

    /// @param reason a word for logs, from a closed set
    record Final(CallOutcome outcome, String reason) implements Verdict {

        /// Nobody had a place for the caller, nobody else answered, and no message was left.
        public static final String FULL = "full";

        /// Whether the caller is told by text what happened.
        public boolean deservesText() {
            return outcome.isLost() || (outcome == CallOutcome.DECLINED && reason.equals(FULL));
        }
    }

    /// More may be on its way: look again after this long even if nothing comes.
    record LookAgain(Duration after) implements Verdict {}

    /// The call goes on as far as anybody knows.
    record Open() implements Verdict {}
}
