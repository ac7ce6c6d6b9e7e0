/// Twilio's own books of calls.
@NullMarked
package org.telephonystack.action.recovery.twilio;

import org.jspecify.annotations.NullMarked;
