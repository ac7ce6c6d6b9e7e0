package org.telephonystack.action.recovery;

import org.telephonystack.action.sms.DeliveryStatus;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// Port: the texts to be sent. What a claim has come to is written only while the claim still holds.
public interface SmsOutbox {

    /// The next text that is due, for this process alone.
    CompletionStage<Optional<OutboxText>> claim();

    /// @return false where this message is another text's: then this one is to be looked up again at once
    CompletionStage<Boolean> sent(OutboxText text, String messageSid);

    /// @param code Twilio's, where there is one
    CompletionStage<Void> failed(OutboxText text, Optional<Integer> code, String reason);

    /// The number said STOP after the text was queued.
    CompletionStage<Void> skipped(OutboxText text, String reason);

    /// To be looked up after this long.
    CompletionStage<Void> unknown(OutboxText text, String why, Duration lookUpAfter);

    /// To be sent after this long.
    CompletionStage<Void> later(OutboxText text, String why, Duration after);

    /// @return the text's recipient, where the message is one of ours and the report moved it forward
    CompletionStage<Optional<String>> delivery(DeliveryStatus report);
}
