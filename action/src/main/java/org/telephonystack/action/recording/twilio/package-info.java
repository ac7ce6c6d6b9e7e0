/// Recordings on Twilio's books.
@NullMarked
package org.telephonystack.action.recording.twilio;

import org.jspecify.annotations.NullMarked;
