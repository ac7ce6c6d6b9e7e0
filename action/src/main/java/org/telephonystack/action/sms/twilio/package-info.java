/// Twilio's Messages API.
@NullMarked
package org.telephonystack.action.sms.twilio;

import org.jspecify.annotations.NullMarked;
