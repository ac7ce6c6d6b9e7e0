package org.telephonystack.action.tool.http;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;

import org.jspecify.annotations.Nullable;
import org.telephonystack.model.CallSid;
import org.telephonystack.model.CallTrace;
import org.telephonystack.model.tool.ToolCall;
import org.telephonystack.model.tool.ToolResult;

import java.util.List;
import java.util.Optional;

/// Opens the span of a tool call: under stream's span where `traceparent` names it, else under the call's root.
final class ToolSpan {

    private static final String HEADER = "traceparent";

    private final OpenTelemetry telemetry;
    private final double sampleRatio;

    ToolSpan(OpenTelemetry telemetry, double sampleRatio) {
        this.telemetry = telemetry;
        this.sampleRatio = sampleRatio;
    }

    Span start(ToolCall call, String tool, List<String> traceparent) {
        Span span =
                telemetry
                        .getTracer("org.telephonystack.action")
                        .spanBuilder("tool " + tool)
                        .setSpanKind(SpanKind.SERVER)
                        .setAttribute("gen_ai.tool.name", tool)
                        .setParent(parent(call.callSid(), traceparent))
                        .startSpan();
        call.callSid().ifPresent(sid -> span.setAttribute("call.sid", sid.value()));
        return span;
    }

    static void end(Span span, ToolResult result, boolean inTime) {
        boolean good = inTime && result.outcome() == ToolResult.Outcome.SUCCESS;
        span.setAttribute("outcome", good ? "success" : inTime ? "error" : "timeout");
        if (!inTime) {
            span.setStatus(StatusCode.ERROR);
        }
        span.end();
    }

    private Context parent(Optional<CallSid> callSid, List<String> traceparent) {
        Context sent =
                telemetry
                        .getPropagators()
                        .getTextMapPropagator()
                        .extract(Context.root(), traceparent, new FirstHeader());
        if (Span.fromContext(sent).getSpanContext().isValid()) {
            return sent;
        }
        return callSid.map(CallTrace::of).map(this::root).orElseGet(Context::root);
    }

    private Context root(CallTrace trace) {
        return Context.root()
                .with(
                        Span.wrap(
                                SpanContext.createFromRemoteParent(
                                        trace.traceId(),
                                        trace.rootSpanId(),
                                        trace.isSampled(sampleRatio)
                                                ? TraceFlags.getSampled()
                                                : TraceFlags.getDefault(),
                                        TraceState.getDefault())));
    }

    private static final class FirstHeader implements TextMapGetter<List<String>> {
        @Override
        public Iterable<String> keys(List<String> carrier) {
            return List.of(HEADER);
        }

        @Override
        public @Nullable String get(@Nullable List<String> carrier, String key) {
            return carrier != null && carrier.size() == 1 && key.equals(HEADER)
                    ? carrier.getFirst()
                    : null;
        }
    }
}
