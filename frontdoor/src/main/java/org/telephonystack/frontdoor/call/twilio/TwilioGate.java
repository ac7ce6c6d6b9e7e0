package org.telephonystack.frontdoor.call.twilio;

import io.vertx.core.http.HttpServerRequest;

import org.telephonystack.frontdoor.call.InboundCall;
import org.telephonystack.frontdoor.telemetry.FrontdoorMetrics;
import org.telephonystack.model.twilio.FormBody;
import org.telephonystack.model.twilio.PublicUrl;
import org.telephonystack.model.twilio.TwilioSignature;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/// Lets a request in when it is a form, signed by Twilio, about a call.
///
/// The signed URL is our configured public address and the raw request target: no header of the request has a say in it.
public final class TwilioGate {

    private static final String FORM = "application/x-www-form-urlencoded";

    private final TwilioSignature signature;
    private final PublicUrl address;
    private final FrontdoorMetrics metrics;

    public TwilioGate(TwilioSignature signature, PublicUrl address, FrontdoorMetrics metrics) {
        this.signature = signature;
        this.address = address;
        this.metrics = metrics;
    }

    sealed interface Entry {
        record Admitted(InboundCall call, FormBody form) implements Entry {}

        /// @param callSid what the request says, `none` where it names no call; not proven
        record Refused(Refusal why, String callSid) implements Entry {}
    }

    Entry enter(HttpServerRequest request, RawBody.Read body) {
        String contentType = request.getHeader("Content-Type");
        if (contentType == null || !isForm(contentType)) {
            return new Entry.Refused(Refusal.CONTENT_TYPE, "none");
        }
        return switch (body) {
            case RawBody.Read.Refused(var why) -> new Entry.Refused(why, "none");
            case RawBody.Read.Complete(var raw) ->
                    switch (FormBody.parse(raw.getBytes())) {
                        case FormBody.Parsed.Refused(var why) ->
                                new Entry.Refused(refusal(why), "none");
                        case FormBody.Parsed.Form(var form) -> enter(request, form);
                    };
        };
    }

    void rehearse() {
        if (FormBody.parse("a=%20".getBytes(StandardCharsets.US_ASCII))
                instanceof FormBody.Parsed.Form(var form)) {
            signature.matchingToken(address.signedAs("/"), form.fields(), List.of("nobody's"));
        }
    }

    private Entry enter(HttpServerRequest request, FormBody form) {
        var call = InboundCall.of(form);
        String callSid = call.map(it -> it.callSid().value()).orElse("none");
        List<String> header = request.headers().getAll("X-Twilio-Signature");
        if (header.isEmpty()) {
            return new Entry.Refused(Refusal.SIGNATURE_MISSING, callSid);
        }
        OptionalInt token =
                signature.matchingToken(address.signedAs(request.uri()), form.fields(), header);
        if (token.isEmpty()) {
            return new Entry.Refused(Refusal.SIGNATURE_WRONG, callSid);
        }
        metrics.signatureMatched(token.getAsInt());
        return call.<Entry>map(it -> new Entry.Admitted(it, form))
                .orElseGet(() -> new Entry.Refused(Refusal.NO_CALL_SID, callSid));
    }

    private static boolean isForm(String contentType) {
        int end = contentType.indexOf(';');
        String type = end < 0 ? contentType : contentType.substring(0, end);
        return type.strip().toLowerCase(Locale.ROOT).equals(FORM);
    }

    private static Refusal refusal(FormBody.Refusal why) {
        return switch (why) {
            case TOO_LARGE -> Refusal.BODY_TOO_LARGE;
            case TOO_MANY_PARAMETERS -> Refusal.TOO_MANY_PARAMETERS;
            case MALFORMED -> Refusal.MALFORMED_FORM;
        };
    }
}
