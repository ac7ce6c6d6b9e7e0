/// Twilio's webhooks as they come over HTTP: let in or refused, then answered.
@NullMarked
package org.telephonystack.frontdoor.call.twilio;

import org.jspecify.annotations.NullMarked;
