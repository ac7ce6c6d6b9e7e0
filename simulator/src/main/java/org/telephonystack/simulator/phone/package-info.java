/// The telephone network: a Twilio that dials us, with callers who listen, speak, interrupt and hang up.
@NullMarked
package org.telephonystack.simulator.phone;

import org.jspecify.annotations.NullMarked;
