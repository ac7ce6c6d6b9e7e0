package org.telephonystack.frontdoor.telemetry;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;

import org.telephonystack.frontdoor.call.InboundCall;
import org.telephonystack.frontdoor.call.Webhook;
import org.telephonystack.model.CallTrace;

import java.time.Instant;

/// Puts a `webhook` span into a call's trace. By hand, because the automatic span of a request begins before the CallSid,
/// and so the trace, is known.
public final class WebhookSpans {

    private final Tracer tracer;
    private final double ratio;

    /// @param ratio which share of calls is traced, 0 to 1
    public WebhookSpans(Tracer tracer, double ratio) {
        this.tracer = tracer;
        this.ratio = ratio;
    }

    /// @return the span, ended: what is timed while it is current leads to it
    public Span add(Webhook webhook, InboundCall call, String then, Instant start, Instant end) {
        Span span =
                tracer.spanBuilder("webhook")
                        .setParent(parent(call.trace()))
                        .setSpanKind(SpanKind.SERVER)
                        .setStartTimestamp(start)
                        .setAttribute("http.request.method", "POST")
                        .setAttribute("http.route", webhook.path())
                        .setAttribute("call.sid", call.callSid().value())
                        .setAttribute("call.status", call.status())
                        .setAttribute("call.then", then)
                        .startSpan();
        span.end(end);
        return span;
    }

    private Context parent(CallTrace trace) {
        return Context.root()
                .with(
                        Span.wrap(
                                SpanContext.createFromRemoteParent(
                                        trace.traceId(),
                                        trace.rootSpanId(),
                                        trace.isSampled(ratio)
                                                ? TraceFlags.getSampled()
                                                : TraceFlags.getDefault(),
                                        TraceState.getDefault())));
    }
}
