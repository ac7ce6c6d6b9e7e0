package org.telephonystack.action.outcome;

import org.telephonystack.model.CallSid;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// One thing that Twilio or frontdoor told us. It is stored once: [#dedupeKey()] is its natural key, so that a repetition is
/// known even where Twilio gives it another idempotency token.
///
/// @param callSid empty where the news names no call
/// @param status Twilio's word for what happened: `completed`, `stream-error`, `delivered`; the attempt of an `after-stream`
/// @param fields as they came, without what must not be kept
public record CallEvent(
        Kind kind,
        String dedupeKey,
        Optional<CallSid> callSid,
        Optional<String> status,
        Map<String, String> fields) {

    /// What kind of news it is.
    public enum Kind {
        /// frontdoor saw the call come in.
        ANNOUNCED,
        /// frontdoor asked what to do now that the stream has ended.
        AFTER_STREAM,
        CALL_STATUS,
        STREAM,
        RECORDING,
        MESSAGE,
        /// Signed, and nothing we know.
        OTHER;

        /// The word in the database and in metrics.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public CallEvent {
        fields = Map.copyOf(fields);
    }

    public Optional<String> field(String name) {
        return Optional.ofNullable(fields.get(name)).filter(value -> !value.isEmpty());
    }

    /// Whether this is about a leg that a `<Dial>` placed: its `no-answer` means that a human did not pick up, not that the
    /// caller was lost.
    public boolean isOfChildLeg() {
        return field("ParentCallSid").isPresent()
                || field("Direction").filter("outbound-dial"::equals).isPresent();
    }

    /// The call that the `<Dial>` belongs to.
    public Optional<CallSid> parent() {
        return field("ParentCallSid").flatMap(CallSid::parse);
    }

    /// Fields are personal: only their names are shown.
    @Override
    public String toString() {
        return kind + " " + dedupeKey + " " + fields.keySet();
    }
}
