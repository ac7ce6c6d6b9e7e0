/// TwiML, from a routing decision to the text Twilio reads.
@NullMarked
package org.telephonystack.frontdoor.twiml;

import org.jspecify.annotations.NullMarked;
