package org.telephonystack.action.sms;

/// A text that somebody sent us. The body is personal: it goes to the inbox, never to a log.
public record InboundText(String messageSid, String sender, String recipient, String body) {

    @Override
    public String toString() {
        return "InboundText " + messageSid;
    }
}
