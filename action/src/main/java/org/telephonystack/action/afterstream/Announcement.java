package org.telephonystack.action.afterstream;

import org.telephonystack.action.outcome.CallEvent;
import org.telephonystack.model.CallSid;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// frontdoor says: a call came in. It may be lost, late, or come twice.
///
/// @param turnedAway why it was not connected with the assistant; empty where it was
public record Announcement(
        CallSid callSid,
        Optional<String> from,
        Optional<String> to,
        Optional<String> direction,
        Optional<String> stirVerstat,
        Optional<String> turnedAway) {

    CallEvent event() {
        Map<String, String> fields = new LinkedHashMap<>();
        from.ifPresent(value -> fields.put("From", value));
        to.ifPresent(value -> fields.put("To", value));
        direction.ifPresent(value -> fields.put("Direction", value));
        stirVerstat.ifPresent(value -> fields.put("StirVerstat", value));
        return new CallEvent(
                CallEvent.Kind.ANNOUNCED,
                "announced:" + callSid,
                Optional.of(callSid),
                turnedAway,
                fields);
    }
}
