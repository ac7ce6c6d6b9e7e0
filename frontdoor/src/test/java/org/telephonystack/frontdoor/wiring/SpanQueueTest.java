package org.telephonystack.frontdoor.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.quarkus.opentelemetry.runtime.exporter.otlp.tracing.LateBoundSpanProcessor;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

class SpanQueueTest {

    private static final int SPANS = 200;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void everySpanIsEitherHandedOverOrCountedAsDropped() {
        var exporter = new SlowExporter();
        var processor = new LateBoundSpanProcessor(BatchSpanProcessor.builder(exporter).build());
        SpanQueue.count(
                processor,
                new SpanQueue.Settings(Duration.ofHours(1), 16, 8, Duration.ofMinutes(1)),
                registry);

        try (var provider = SdkTracerProvider.builder().addSpanProcessor(processor).build()) {
            Tracer tracer = provider.get("test");
            assertThat(dropped()).isZero();
            for (int i = 0; i < SPANS; i++) {
                tracer.spanBuilder("span").startSpan().end();
            }
            exporter.isQuickFromNowOn();
            provider.forceFlush().join(30, TimeUnit.SECONDS);

            assertThat(dropped()).isPositive().isEqualTo(SPANS - exporter.spans.get());
        }
    }

    private double dropped() {
        return registry.get("telephony.trace.spans.dropped").functionCounter().count();
    }

    /// Does not answer the first batch until it is told to.
    private static final class SlowExporter implements SpanExporter {

        private final AtomicInteger spans = new AtomicInteger();
        private final CompletableResultCode answer = new CompletableResultCode();

        void isQuickFromNowOn() {
            answer.succeed();
        }

        @Override
        public CompletableResultCode export(Collection<SpanData> batch) {
            spans.addAndGet(batch.size());
            return answer;
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }
}
