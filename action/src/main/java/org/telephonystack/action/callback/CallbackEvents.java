package org.telephonystack.action.callback;

import org.telephonystack.action.outcome.CallEvent;
import org.telephonystack.action.recovery.SmsOutbox;
import org.telephonystack.action.sms.Consent;
import org.telephonystack.action.sms.DeliveryStatus;
import org.telephonystack.action.sms.InboundText;

import java.time.Instant;
import java.util.Optional;

/// Port: what an operator and the call's trace get to see.
public interface CallbackEvents {

    /// A request in Twilio's name that Twilio did not sign: nothing was done.
    void onRejected(String why);

    /// @param token which of the live auth tokens signed it: 0 the usual one, 1 the next
    void onSigned(int token);

    void onNews(CallEvent event);

    /// The news is committed, and what follows from it.
    void onStored(CallEvent event, Instant arrived);

    /// @param text of ours that this report moved forward
    void onDelivery(DeliveryStatus status, Optional<SmsOutbox.Delivered> text);

    void onInbound(InboundText text, Consent consent);

    /// The news could not be stored; Twilio is told to come again.
    void onNotStored(Throwable why);
}
