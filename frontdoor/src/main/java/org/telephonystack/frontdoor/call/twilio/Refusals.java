package org.telephonystack.frontdoor.call.twilio;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.telephonystack.frontdoor.call.Webhook;
import org.telephonystack.frontdoor.telemetry.FrontdoorLog;
import org.telephonystack.frontdoor.telemetry.FrontdoorMetrics;

/// Turns a request away: one status, one line, one count, no stack trace.
public final class Refusals {

    private final FrontdoorLog log;
    private final FrontdoorMetrics metrics;

    public Refusals(FrontdoorLog log, FrontdoorMetrics metrics) {
        this.log = log;
        this.metrics = metrics;
    }

    Response refuse(Webhook webhook, TwilioGate.Entry.Refused refused) {
        Refusal why = refused.why();
        metrics.request(webhook.path(), why.word());
        if (why.isSecurity()) {
            metrics.securityRejected(webhook, why.word());
            log.securityRejected(webhook, why.word(), refused.callSid());
        } else {
            log.refused(webhook.path(), why.status(), why.word());
        }
        return answer(why).build();
    }

    /// @param path as it is labelled, never as it was asked for
    Response refuseMethod(String path) {
        metrics.request(path, Refusal.METHOD.word());
        log.refused(path, Refusal.METHOD.status(), Refusal.METHOD.word());
        return answer(Refusal.METHOD).header("Allow", "POST").build();
    }

    private static Response.ResponseBuilder answer(Refusal why) {
        return Response.status(why.status()).type(MediaType.TEXT_PLAIN_TYPE).entity(why.text());
    }
}
