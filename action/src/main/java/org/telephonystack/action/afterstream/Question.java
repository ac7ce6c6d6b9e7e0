package org.telephonystack.action.afterstream;

import org.telephonystack.action.outcome.CallEvent;
import org.telephonystack.action.outcome.Verdict;
import org.telephonystack.model.CallSid;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// frontdoor asks: the stream of this call has ended, what now?
///
/// @param callStatus Twilio's, of that moment: a terminal one means that nobody waits for the answer
/// @param redirected action itself sent the call there, for its stream's process is dead
public record Question(
        CallSid callSid,
        int attempt,
        Optional<String> callStatus,
        Optional<String> from,
        Optional<String> to,
        Optional<String> streamEvent,
        Optional<String> streamError,
        boolean redirected) {

    CallEvent event() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("attempt", String.valueOf(attempt));
        fields.putAll(numbers());
        streamEvent.ifPresent(value -> fields.put("StreamEvent", value));
        streamError.ifPresent(value -> fields.put("StreamError", value));
        return new CallEvent(
                CallEvent.Kind.AFTER_STREAM,
                "after_stream:" + callSid + ":" + attempt + ":" + callStatus.orElse(""),
                Optional.of(callSid),
                callStatus,
                fields);
    }

    /// Only a stream found out that all places were taken: what becomes of the call is what becomes of one that frontdoor
    /// turned away when it rang.
    CallEvent turnedAway() {
        return new CallEvent(
                CallEvent.Kind.ANNOUNCED,
                "turned_away:" + callSid,
                Optional.of(callSid),
                Optional.of(Verdict.Final.FULL),
                numbers());
    }

    private Map<String, String> numbers() {
        Map<String, String> fields = new LinkedHashMap<>();
        from.ifPresent(value -> fields.put("From", value));
        to.ifPresent(value -> fields.put("To", value));
        return fields;
    }
}
