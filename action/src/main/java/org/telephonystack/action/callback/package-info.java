/// What Twilio tells us without being asked.
@NullMarked
package org.telephonystack.action.callback;

import org.jspecify.annotations.NullMarked;
