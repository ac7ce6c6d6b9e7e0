/// The signed HTTP requests that Twilio makes to us, with its time limits, retries and error codes.
@NullMarked
package org.telephonystack.simulator.webhook;

import org.jspecify.annotations.NullMarked;
