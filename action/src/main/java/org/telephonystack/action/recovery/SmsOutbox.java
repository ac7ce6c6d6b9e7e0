package org.telephonystack.action.recovery;

import org.telephonystack.action.sms.DeliveryStatus;
import org.telephonystack.model.CallOutcome;
import org.telephonystack.model.CallSid;
import org.telephonystack.model.EndReason;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// Port: the texts to be sent. What a claim has come to is written only while the claim still holds.
public interface SmsOutbox {

    /// The next text that is due, for this process alone.
    CompletionStage<Optional<OutboxText>> claim();

    /// Also remembers what an earlier report said of its number.
    ///
    /// @return false where this message is another text's: then this one is to be looked up again at once
    CompletionStage<Boolean> sent(OutboxText text, String messageSid);

    /// @param code Twilio's, where there is one
    CompletionStage<Void> failed(OutboxText text, Optional<Integer> code, String reason);

    /// The number said STOP after the text was queued.
    CompletionStage<Void> skipped(OutboxText text, String reason);

    /// To be looked up after this long.
    /// Not sent, for the call ended as it should, after all: its outcome says so from now on, reason `ended_well`.
    CompletionStage<Void> endedWell(OutboxText text, CallOutcome outcome, EndReason end);

    CompletionStage<Void> unknown(OutboxText text, String why, Duration lookUpAfter);

    /// To be sent after this long.
    CompletionStage<Void> later(OutboxText text, String why, Duration after);

    /// Moves the text forward and remembers what the report says of its number: both, or neither.
    ///
    /// @return the text, where the message is one of ours and the report moved it forward
    CompletionStage<Optional<Delivered>> delivery(DeliveryStatus report);

    /// A text that a report is about.
    record Delivered(String recipient, Optional<CallSid> callSid) {

        /// Numbers are personal.
        @Override
        public String toString() {
            return "Delivered " + callSid;
        }
    }
}
