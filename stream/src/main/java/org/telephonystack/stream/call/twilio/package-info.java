/// Twilio's Media Streams socket: the caller's leg of a call.
@NullMarked
package org.telephonystack.stream.call.twilio;

import org.jspecify.annotations.NullMarked;
