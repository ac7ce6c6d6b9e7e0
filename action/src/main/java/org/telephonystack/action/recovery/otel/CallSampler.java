package org.telephonystack.action.recovery.otel;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;

import java.util.List;

/// Keeps what belongs to a call, and nothing else: every trace is a call. Queries of a schedule that looks every second, health
/// checks and the like have no call above them; the automatic span of an HTTP request starts before its call is known, and its
/// place is taken by one made by hand.
public final class CallSampler implements Sampler {

    private static final AttributeKey<String> METHOD =
            AttributeKey.stringKey("http.request.method");

    @Override
    public SamplingResult shouldSample(
            Context parentContext,
            String traceId,
            String name,
            SpanKind kind,
            Attributes attributes,
            List<LinkData> parentLinks) {
        SpanContext parent = Span.fromContext(parentContext).getSpanContext();
        boolean automatic = kind == SpanKind.SERVER && attributes.get(METHOD) != null;
        boolean kept =
                parent.isValid() ? parent.isSampled() && !automatic : RootSpanIds.isStartingARoot();
        return kept ? SamplingResult.recordAndSample() : SamplingResult.drop();
    }

    @Override
    public String getDescription() {
        return "CallSampler";
    }
}
