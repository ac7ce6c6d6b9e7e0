/// TwiML as strictly as Twilio reads it: XML in, a closed list of verbs and the complaints of its debugger out.
@NullMarked
package org.telephonystack.simulator.twiml;

import org.jspecify.annotations.NullMarked;
