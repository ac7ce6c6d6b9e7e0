package org.telephonystack.e2e;

import org.telephonystack.simulator.stack.Service;
import org.telephonystack.simulator.stack.StackBuilder;

/// What tests of faults change about a stack.
final class Faults {

    private Faults() {}

    /// Limits for a machine of one's own would be missed on one that starts three worlds at once: what is measured here is
    /// whether callers are lost.
    static void patient(StackBuilder stack) {
        stack.environment(Service.FRONTDOOR, "TELEPHONY_AFTER_STREAM_DEADLINE", "10s")
                .environment(Service.STREAM, "TELEPHONY_CALL_TOOL_DEADLINE", "30s")
                .environment(Service.STREAM, "TELEPHONY_ACTION_DEADLINE", "30s")
                .environment(Service.STREAM, "TELEPHONY_CALL_CALLER_SILENCE", "60s")
                .environment(Service.ACTION, "TELEPHONY_TOOL_LIMIT", "20s")
                .environment(Service.ACTION, "TELEPHONY_TOOL_BOOKING_LIMIT", "19s");
    }
}
