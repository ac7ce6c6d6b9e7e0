/// Twilio's callbacks as signed forms over HTTP.
@NullMarked
package org.telephonystack.action.callback.twilio;

import org.jspecify.annotations.NullMarked;
