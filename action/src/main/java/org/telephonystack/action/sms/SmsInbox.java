package org.telephonystack.action.sms;

import java.util.concurrent.CompletionStage;

/// Port: received texts and what they changed.
public interface SmsInbox {

    /// Stores the text and the change of consent in one transaction.
    ///
    /// @return false for a text that is stored already: then nothing changes, for a repeated STOP may be older than a START
    CompletionStage<Boolean> receive(InboundText text, Consent consent);
}
