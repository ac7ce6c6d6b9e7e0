package org.telephonystack.frontdoor.call.twilio;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.telephonystack.frontdoor.call.InboundCall;
import org.telephonystack.frontdoor.call.RoutingDecision;
import org.telephonystack.frontdoor.call.Webhook;
import org.telephonystack.frontdoor.call.twilio.TwilioGate.Entry;
import org.telephonystack.frontdoor.telemetry.Telemetry;
import org.telephonystack.frontdoor.twiml.CallTwiml;
import org.telephonystack.frontdoor.twiml.TwimlWriter;
import org.telephonystack.model.CallSid;
import org.telephonystack.model.ticket.StreamTicket;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/// What all webhooks have in common: read the body, let it in or refuse it, route the call, write TwiML, leave a trace.
public final class Webhooks {

    private final TwilioGate gate;
    private final Refusals refusals;
    private final CallTwiml twiml;
    private final Telemetry telemetry;
    private final InstantSource clock;

    public Webhooks(
            TwilioGate gate,
            Refusals refusals,
            CallTwiml twiml,
            Telemetry telemetry,
            InstantSource clock) {
        this.gate = gate;
        this.refusals = refusals;
        this.twiml = twiml;
        this.telemetry = telemetry;
        this.clock = clock;
    }

    /// Does once, for nobody, what the first request would do: loading the classes takes longer than all the rest, and the
    /// first caller after a start should not wait for it.
    public void rehearse() {
        gate.rehearse();
        var nobody =
                new InboundCall(
                        new CallSid("CA" + "0".repeat(32)),
                        "",
                        "",
                        "",
                        Optional.empty(),
                        Optional.empty());
        write(new RoutingDecision.Connect(StreamTicket.Kind.NEW, 1), nobody, "", "answered");
    }

    /// @param key with `detail` says in the log what the decision rests on
    record Routed(RoutingDecision decision, String key, String detail) {}

    Uni<Response> answer(
            Webhook webhook,
            HttpServerRequest request,
            Function<Entry.Admitted, Uni<Routed>> route) {
        Instant start = clock.instant();
        return RawBody.of(request)
                .map(body -> gate.enter(request, body))
                .flatMap(entry ->
                        switch (entry) {
                            case Entry.Refused refused ->
                                    Uni.createFrom().item(refusals.refuse(webhook, refused));
                            case Entry.Admitted admitted ->
                                    answer(webhook, request, admitted, start, route);
                        });
    }

    private Uni<Response> answer(
            Webhook webhook,
            HttpServerRequest request,
            Entry.Admitted admitted,
            Instant start,
            Function<Entry.Admitted, Uni<Routed>> route) {
        InboundCall call = admitted.call();
        String prefix = Webhook.prefixOf(request.path());
        return Uni.createFrom()
                .deferred(() -> route.apply(admitted))
                .invoke(routed -> log(webhook, call, routed))
                .map(routed -> write(routed.decision(), call, prefix, "answered"))
                .onFailure()
                .recoverWithItem(failure -> {
                    telemetry.log().failed(call, webhook, failure);
                    return write(new RoutingDecision.Voicemail(), call, prefix, "failed");
                })
                .invoke(answer -> {
                    Instant end = clock.instant();
                    Span span = telemetry.spans().add(webhook, call, answer.then(), start, end);
                    try (Scope _ = span.makeCurrent()) {
                        telemetry.metrics().request(webhook.path(), answer.outcome());
                        telemetry.metrics().answered(webhook, Duration.between(start, end));
                    }
                })
                .map(answer -> Response.ok(answer.xml()).type(MediaType.TEXT_XML_TYPE).build());
    }

    /// @param outcome counted: `answered`, or `failed` where this is what is said when we do not know what to say
    private record Answer(String then, String xml, String outcome) {}

    private Answer write(
            RoutingDecision decision, InboundCall call, String prefix, String outcome) {
        return new Answer(
                decision.word(), TwimlWriter.write(twiml.of(decision, call, prefix)), outcome);
    }

    private void log(Webhook webhook, InboundCall call, Routed routed) {
        if (webhook == Webhook.RING) {
            telemetry.log().callIncoming(call);
            if (!(routed.decision() instanceof RoutingDecision.Connect)) {
                telemetry.log().turnedAway(call, routed.decision().word());
                telemetry.metrics().turnedAway(routed.decision().word());
            }
            return;
        }
        telemetry
                .log()
                .routed(call, webhook, routed.decision().word(), routed.key(), routed.detail());
        if (webhook == Webhook.AFTER_STREAM) {
            telemetry.metrics().afterStream(routed.decision().word(), routed.detail());
        }
    }
}
