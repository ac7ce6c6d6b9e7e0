package org.telephonystack.frontdoor.call.http;

import io.vertx.core.json.JsonObject;

import org.telephonystack.frontdoor.call.InboundCall;
import org.telephonystack.frontdoor.call.StreamEnd;
import org.telephonystack.frontdoor.call.TurnAway;
import org.telephonystack.model.call.InternalApi;

import java.time.Instant;
import java.util.Optional;

/// The bodies of our requests to action; what Twilio did not send is absent.
final class ActionJson {

    private ActionJson() {}

    static JsonObject announcement(InboundCall call, Optional<TurnAway> turnedAway) {
        JsonObject json = call(call);
        put(json, "direction", call.direction());
        put(json, "stirVerstat", call.stirVerstat());
        put(json, "turnedAway", turnedAway.map(TurnAway::word));
        return json.put("at", Instant.now().toString());
    }

    static JsonObject question(StreamEnd end) {
        JsonObject json = call(end.call()).put("attempt", end.attempt());
        put(json, "callStatus", Optional.of(end.call().status()));
        put(json, "streamEvent", end.event());
        put(json, "streamError", end.error());
        return end.redirected() ? json.put(InternalApi.REDIRECTED, true) : json;
    }

    private static JsonObject call(InboundCall call) {
        var json = new JsonObject().put("callSid", call.callSid().value());
        put(json, "from", Optional.of(call.from()));
        put(json, "to", Optional.of(call.to()));
        return json;
    }

    private static void put(JsonObject json, String name, Optional<String> value) {
        value.filter(text -> !text.isEmpty()).ifPresent(text -> json.put(name, text));
    }
}
