package org.telephonystack.frontdoor.twiml;

import org.telephonystack.model.twilio.PublicUrl;

/// Where Twilio reaches the three services.
public record PublicAddresses(PublicUrl frontdoor, PublicUrl stream, PublicUrl action) {}
