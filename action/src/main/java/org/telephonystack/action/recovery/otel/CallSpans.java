package org.telephonystack.action.recovery.otel;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;

import org.telephonystack.action.outcome.CallEvent;
import org.telephonystack.action.outcome.CallFacts;
import org.telephonystack.action.outcome.Verdict;
import org.telephonystack.action.recovery.OutboxText;
import org.telephonystack.model.CallSid;
import org.telephonystack.model.CallTrace;
import org.telephonystack.model.EndReason;

import java.time.Instant;
import java.util.Optional;

/// Spans of a call that action makes: the root itself, once, and what happens after the sockets are gone. Their parent is
/// computed from the CallSid, so they need nothing from the request or the row that caused them.
public final class CallSpans {

    private final Tracer tracer;
    private final double ratio;

    /// @param ratio of calls that are traced, the same in every service
    public CallSpans(Tracer tracer, double ratio) {
        this.tracer = tracer;
        this.ratio = ratio;
    }

    /// The root: exported when the outcome is final, long after its children.
    public void call(CallFacts facts, Verdict.Final verdict) {
        CallTrace trace = CallTrace.of(facts.callSid());
        if (!trace.isSampled(ratio)) {
            return;
        }
        SpanBuilder builder =
                tracer.spanBuilder("call")
                        .setNoParent()
                        .setStartTimestamp(facts.startedAt())
                        .setAttribute("call.sid", facts.callSid().value())
                        .setAttribute("call.outcome", verdict.outcome().word())
                        .setAttribute("call.outcome.reason", verdict.reason());
        facts.stream()
                .endReason()
                .map(EndReason::word)
                .ifPresent(end -> builder.setAttribute("call.end_reason", end));
        Span span = RootSpanIds.asRootOf(trace, builder::startSpan);
        if (verdict.outcome().isLost()) {
            span.setStatus(StatusCode.ERROR, verdict.outcome().word());
        }
        span.end(facts.terminal().map(CallFacts.Terminal::since).orElse(facts.now()));
    }

    public void statusCallback(CallEvent event, Instant arrived) {
        // A leg that a <Dial> placed is news of the call it was placed for.
        (event.isOfChildLeg() ? event.parent() : event.callSid())
                .flatMap(callSid -> child(callSid, "status callback"))
                .ifPresent(builder ->
                        builder.setStartTimestamp(arrived)
                                .setAttribute("callback.kind", event.kind().word())
                                .setAttribute("callback.status", event.status().orElse(""))
                                .startSpan()
                                .end());
    }

    /// How far a text of the call has come.
    public void delivery(CallSid callSid, String status) {
        child(callSid, "status callback")
                .ifPresent(builder ->
                        builder.setAttribute("callback.kind", "message")
                                .setAttribute("callback.status", status)
                                .startSpan()
                                .end());
    }

    public void analysis(CallSid callSid, String result, Instant started) {
        child(callSid, "analysis")
                .ifPresent(builder ->
                        builder.setStartTimestamp(started)
                                .setAttribute("analysis.result", result)
                                .startSpan()
                                .end());
    }

    /// From the moment it was queued to the moment its fate was known.
    public void recoverySms(OutboxText text, String result) {
        text.callSid()
                .flatMap(callSid -> child(callSid, "recovery sms"))
                .ifPresent(builder ->
                        builder.setStartTimestamp(text.createdAt())
                                .setAttribute("sms.result", result)
                                .setAttribute("sms.attempts", text.attempts())
                                .startSpan()
                                .end());
    }

    private Optional<SpanBuilder> child(CallSid callSid, String name) {
        CallTrace trace = CallTrace.of(callSid);
        if (!trace.isSampled(ratio)) {
            return Optional.empty();
        }
        SpanContext root =
                SpanContext.createFromRemoteParent(
                        trace.traceId(),
                        trace.rootSpanId(),
                        TraceFlags.getSampled(),
                        TraceState.getDefault());
        return Optional.of(
                tracer.spanBuilder(name)
                        .setParent(Context.root().with(Span.wrap(root)))
                        .setAttribute("call.sid", callSid.value()));
    }
}
