package org.telephonystack.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.quarkus.opentelemetry.runtime.exporter.otlp.tracing.LateBoundSpanProcessor;

import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;

class SpanQueueTest {

    private static final int SPANS = 200;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void everySpanIsEitherHandedOverOrCountedAsDropped() throws Exception {
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

    @Test
    void whatCannotBeCountedIsSaidInTheNameOfTheService() {
        var lines = new ArrayList<String>();
        var handler =
                new ExtHandler() {
                    @Override
                    protected void doPublish(ExtLogRecord line) {
                        lines.add(new PatternFormatter("%s").format(line));
                    }
                };
        Logger logger = Logger.getLogger("org.telephonystack.stream");
        logger.addHandler(handler);
        try {
            SpanQueue.warn("voice-stream", new NoSuchFieldException("delegate"));
        } finally {
            logger.removeHandler(handler);
        }

        assertThat(lines)
                .containsExactly(
                        "[Stream] ⚠️ Dropped Spans Uncounted | Why: java.lang.NoSuchFieldException:"
                                + " delegate");
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
