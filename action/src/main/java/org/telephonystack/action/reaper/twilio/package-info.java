/// Redirects live calls by Twilio's REST API.
@NullMarked
package org.telephonystack.action.reaper.twilio;

import org.jspecify.annotations.NullMarked;
