package org.telephonystack.action.sms;

import java.util.concurrent.CompletionStage;

/// Port: the numbers that get no text.
public interface OptOuts {

    CompletionStage<Boolean> contains(String phone);

    /// @param reason a word: `stop`, or `code_21614`
    CompletionStage<Void> add(String phone, String reason);
}
