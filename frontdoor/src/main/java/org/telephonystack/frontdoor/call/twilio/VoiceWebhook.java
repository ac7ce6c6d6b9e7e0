package org.telephonystack.frontdoor.call.twilio;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

import org.telephonystack.frontdoor.call.CallRouter;
import org.telephonystack.frontdoor.call.RoutingDecision;
import org.telephonystack.frontdoor.call.StreamEnd;
import org.telephonystack.frontdoor.call.Webhook;
import org.telephonystack.frontdoor.call.twilio.Webhooks.Routed;
import org.telephonystack.model.call.InternalApi;

/// Every URL at which Twilio asks for TwiML, with and without the prefix of the original's edge functions.
@Path("{prefix:(functions/v1/)?}voice-frontdoor")
public final class VoiceWebhook {

    private final Webhooks webhooks;
    private final CallRouter router;

    VoiceWebhook(Webhooks webhooks, CallRouter router) {
        this.webhooks = webhooks;
        this.router = router;
    }

    @POST
    public Uni<Response> ring(@Context HttpServerRequest request) {
        return webhooks.answer(
                Webhook.RING, request, twilio -> now(router.ring(twilio.call()), "-", ""));
    }

    @POST
    @Path("after-stream")
    public Uni<Response> afterStream(@Context HttpServerRequest request) {
        return webhooks.answer(
                Webhook.AFTER_STREAM,
                request,
                twilio -> {
                    var end =
                            new StreamEnd(
                                    twilio.call(),
                                    attempt(request),
                                    "1".equals(request.getParam(InternalApi.REDIRECTED)),
                                    twilio.form().first("StreamEvent"),
                                    twilio.form().first("StreamError"));
                    return Uni.createFrom()
                            .completionStage(() -> router.afterStream(end))
                            .map(it -> new Routed(it.decision(), "By", it.by().word()));
                });
    }

    @POST
    @Path("after-dial")
    public Uni<Response> afterDial(@Context HttpServerRequest request) {
        return webhooks.answer(
                Webhook.AFTER_DIAL,
                request,
                twilio -> {
                    String ended = twilio.form().first("DialCallStatus").orElse("");
                    return now(router.afterDial(twilio.call(), ended), "Dial", ended);
                });
    }

    @POST
    @Path("after-record")
    public Uni<Response> afterRecord(@Context HttpServerRequest request) {
        return webhooks.answer(
                Webhook.AFTER_RECORD,
                request,
                twilio -> {
                    String seconds = twilio.form().first("RecordingDuration").orElse("");
                    return now(router.afterRecord(twilio.call()), "Recorded seconds", seconds);
                });
    }

    @POST
    @Path("fallback")
    public Uni<Response> fallback(@Context HttpServerRequest request) {
        return webhooks.answer(
                Webhook.FALLBACK,
                request,
                twilio -> {
                    String failedUrl = twilio.form().first("ErrorUrl").orElse("");
                    String code = twilio.form().first("ErrorCode").orElse("");
                    return now(router.fallback(twilio.call(), failedUrl), "Error code", code);
                });
    }

    private static Uni<Routed> now(RoutingDecision decision, String key, String detail) {
        return Uni.createFrom().item(new Routed(decision, key, detail));
    }

    /// Our own TwiML wrote it and Twilio signed it; where it is missing all the same, nothing is tried again.
    private static int attempt(HttpServerRequest request) {
        String text = request.getParam("attempt");
        return text != null && text.matches("[1-9]")
                ? Integer.parseInt(text)
                : CallRouter.MAX_STREAMS;
    }
}
