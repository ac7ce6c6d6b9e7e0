package org.telephonystack.simulator.rest;

import io.vertx.core.Future;

import org.jspecify.annotations.Nullable;
import org.telephonystack.simulator.phone.CallRecord;
import org.telephonystack.simulator.phone.PhoneCall;
import org.telephonystack.simulator.phone.TelephoneNetwork;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Shows calls and changes live ones.
final class CallDesk {

    private static final int LONGEST_TWIML = 4000;

    private final TelephoneNetwork network;

    CallDesk(TelephoneNetwork network) {
        this.network = network;
    }

    RestAnswer show(String callSid) {
        return network.call(callSid)
                .map(call -> RestAnswer.of(200, fields(call)))
                .orElse(RestAnswer.of(RestError.NOT_FOUND));
    }

    /// `Url` wins over `Twiml`, both over nothing; `Status` ends.
    Future<RestAnswer> update(String callSid, Map<String, String> form) {
        Optional<PhoneCall> found = network.call(callSid);
        if (found.isEmpty()) {
            return Future.succeededFuture(RestAnswer.of(RestError.NOT_FOUND));
        }
        PhoneCall call = found.get();
        String twiml = form.getOrDefault("Twiml", "");
        if (twiml.length() > LONGEST_TWIML) {
            return Future.succeededFuture(RestAnswer.of(RestError.BODY_TOO_LONG));
        }
        var done =
                form.containsKey("Status")
                        ? call.endByRest(form.getOrDefault("Status", "completed"))
                        : form.containsKey("Url")
                                ? call.redirectTo(
                                        form.getOrDefault("Url", ""),
                                        form.getOrDefault("Method", "POST"))
                                : call.replaceTwiml(twiml);
        return Future.fromCompletionStage(done)
                .map(changed ->
                        changed
                                ? RestAnswer.of(200, fields(call))
                                : RestAnswer.of(RestError.CALL_NOT_IN_PROGRESS));
    }

    private Map<String, @Nullable Object> fields(PhoneCall call) {
        var account = network.settings();
        var body = new LinkedHashMap<String, @Nullable Object>();
        CallRecord record = call.ended().getNow(null);
        body.put("sid", call.callSid());
        body.put("account_sid", account.accountSid());
        body.put("api_version", "2010-04-01");
        body.put("direction", "inbound");
        body.put("from", call.from());
        body.put("to", account.number());
        body.put("status", call.status());
        body.put("duration", record == null ? null : String.valueOf(record.length().toSeconds()));
        body.put("parent_call_sid", null);
        body.put(
                "uri",
                "/2010-04-01/Accounts/"
                        + account.accountSid()
                        + "/Calls/"
                        + call.callSid()
                        + ".json");
        return body;
    }
}
