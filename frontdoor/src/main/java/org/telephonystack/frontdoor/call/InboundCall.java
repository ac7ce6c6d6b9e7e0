package org.telephonystack.frontdoor.call;

import org.telephonystack.model.CallSid;
import org.telephonystack.model.CallTrace;
import org.telephonystack.model.PhoneNumber;
import org.telephonystack.model.twilio.FormBody;

import java.util.Optional;
import java.util.Set;

/// A call as Twilio describes it in each webhook.
///
/// @param from as Twilio sent it: E.164, or `anonymous`, `sip:…`, a carrier's garbage; empty where nothing was sent
/// @param to the number that was called; empty where nothing was sent
/// @param status Twilio's `CallStatus`, empty where nothing was sent
public record InboundCall(
        CallSid callSid,
        String from,
        String to,
        String status,
        Optional<String> direction,
        Optional<String> stirVerstat) {

    private static final Set<String> OVER =
            Set.of("completed", "busy", "failed", "no-answer", "canceled");

    /// Empty where no CallSid says which call it is.
    public static Optional<InboundCall> of(FormBody form) {
        return CallSid.parse(form.first("CallSid").orElse(null))
                .map(callSid ->
                        new InboundCall(
                                callSid,
                                form.first("From").or(() -> form.first("Caller")).orElse(""),
                                form.first("To").or(() -> form.first("Called")).orElse(""),
                                form.first("CallStatus").orElse(""),
                                form.first("Direction"),
                                form.first("StirVerstat")));
    }

    public CallTrace trace() {
        return CallTrace.of(callSid);
    }

    /// Empty for a caller who could be neither called back nor texted.
    public Optional<PhoneNumber> caller() {
        return PhoneNumber.parse(from);
    }

    /// Whether the network vouches for the caller's number.
    public boolean isAttested() {
        return stirVerstat.filter("TN-Validation-Passed-A"::equals).isPresent();
    }

    /// Whether nobody is on the line any more. A status we do not know is taken for a call that goes on.
    public boolean isOver() {
        return OVER.contains(status);
    }
}
