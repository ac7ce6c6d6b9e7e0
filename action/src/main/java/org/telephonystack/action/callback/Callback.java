package org.telephonystack.action.callback;

import org.telephonystack.action.outcome.CallEvent;
import org.telephonystack.action.sms.Consent;
import org.telephonystack.action.sms.DeliveryStatus;
import org.telephonystack.action.sms.InboundText;

/// What a signed form says.
public sealed interface Callback {

    /// News of a call, or something we do not know: stored, and the call is looked at again.
    record News(CallEvent event) implements Callback {}

    /// How far a text of ours has come.
    record Delivery(CallEvent event, DeliveryStatus status) implements Callback {}

    /// Somebody texts us. It is answered without a body, for a body would be texted back.
    record Inbound(InboundText text, Consent consent) implements Callback {}
}
