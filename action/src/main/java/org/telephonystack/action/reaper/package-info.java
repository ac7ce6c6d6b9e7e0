/// Saves the calls of stream processes that died without anybody telling Twilio.
@NullMarked
package org.telephonystack.action.reaper;

import org.jspecify.annotations.NullMarked;
