package org.telephonystack.simulator.phone;

/// What was awaited can no longer happen: the call is over.
public final class CallEnded extends RuntimeException {

    private static final long serialVersionUID = 1;

    CallEnded(String message) {
        super(message, null, false, false);
    }
}
