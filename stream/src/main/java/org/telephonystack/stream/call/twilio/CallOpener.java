package org.telephonystack.stream.call.twilio;

import org.telephonystack.stream.call.CallSession;
import org.telephonystack.stream.call.CallStart;
import org.telephonystack.stream.call.CallerLeg;

/// Makes a call out of a `start` that was let in: wiring knows all the ports.
@FunctionalInterface
public interface CallOpener {

    /// Called on the loop; the session has not begun.
    CallSession open(CallStart start, CallerLeg caller, CallLoop loop);
}
