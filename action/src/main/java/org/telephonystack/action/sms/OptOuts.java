package org.telephonystack.action.sms;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/// Port: the numbers that get no text.
public interface OptOuts {

    CompletionStage<Boolean> contains(String phone);

    /// @param reason a word: `stop`, or `code_21614`
    CompletionStage<Void> add(String phone, String reason);

    /// For a while: a telephone that is off is on again some day. It takes nothing away from an opt-out for good.
    CompletionStage<Void> addFor(String phone, String reason, Duration time);
}
