package org.telephonystack.quarkus;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.export.CollectionRegistration;
import io.opentelemetry.sdk.metrics.export.MetricReader;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.quarkus.opentelemetry.runtime.exporter.otlp.tracing.LateBoundSpanProcessor;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.annotations.RegisterForReflection;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

import java.lang.reflect.Field;
import java.time.Duration;
import java.util.Locale;

/// Counts the spans that the exporter's full queue drops: `telephony_trace_spans_dropped_total`.
///
/// The queue counts them itself, for whoever gives it a meter; Quarkus 3.30 builds it without one and lets nobody else. So it is built
/// once more, over the same exporter and with the same settings, and put in the place of the first. Where that cannot be done, spans
/// go their way as ever and are not counted.
@Singleton
@RegisterForReflection(targets = LateBoundSpanProcessor.class)
final class SpanQueue {

    private static final AttributeKey<Boolean> DROPPED = AttributeKey.booleanKey("dropped");

    /// As Quarkus reads them, with its defaults.
    record Settings(Duration delay, int queue, int batch, Duration timeout) {

        static Settings of(Config config) {
            return new Settings(
                    config.getOptionalValue("quarkus.otel.bsp.schedule.delay", Duration.class)
                            .orElse(Duration.ofSeconds(5)),
                    config.getOptionalValue("quarkus.otel.bsp.max.queue.size", Integer.class)
                            .orElse(2048),
                    config.getOptionalValue("quarkus.otel.bsp.max.export.batch.size", Integer.class)
                            .orElse(512),
                    config.getOptionalValue("quarkus.otel.bsp.export.timeout", Duration.class)
                            .orElse(Duration.ofSeconds(30)));
        }
    }

    void open(
            @Observes StartupEvent event,
            @Any Instance<LateBoundSpanProcessor> processors,
            Config config,
            MeterRegistry registry) {
        for (LateBoundSpanProcessor processor : processors) {
            if (!processor.isDelegateNull()) {
                try {
                    count(processor, Settings.of(config), registry);
                } catch (ReflectiveOperationException | RuntimeException e) {
                    warn(config.getValue("quarkus.application.name", String.class), e);
                }
            }
        }
    }

    static void count(LateBoundSpanProcessor processor, Settings settings, MeterRegistry registry)
            throws ReflectiveOperationException {
        Field delegate = LateBoundSpanProcessor.class.getDeclaredField("delegate");
        delegate.setAccessible(true);
        if (delegate.get(processor) instanceof BatchSpanProcessor first) {
            delegate.set(processor, counted(processor, first, settings, registry));
        }
    }

    /// In the name of the service, as all of its lines: `voice-stream` says `[Stream]`.
    static void warn(String application, Exception why) {
        String service = application.replace("voice-", "");
        Logger.getLogger("org.telephonystack." + service)
                .warnf(
                        "[%s%s] ⚠️ Dropped Spans Uncounted | Why: %s",
                        service.substring(0, 1).toUpperCase(Locale.ROOT),
                        service.substring(1),
                        why);
    }

    private static SpanProcessor counted(
            LateBoundSpanProcessor processor,
            BatchSpanProcessor first,
            Settings settings,
            MeterRegistry registry) {
        var counts = new Counts();
        var meters = SdkMeterProvider.builder().registerMetricReader(counts).build();
        var queue =
                BatchSpanProcessor.builder(first.getSpanExporter())
                        .setScheduleDelay(settings.delay())
                        .setMaxQueueSize(settings.queue())
                        .setMaxExportBatchSize(settings.batch())
                        .setExporterTimeout(settings.timeout())
                        .setMeterProvider(meters)
                        .build();
        // Micrometer holds the first weakly, and the function for good.
        FunctionCounter.builder("telephony.trace.spans.dropped", processor, _ -> counts.dropped())
                .register(registry);
        return queue;
    }

    /// Reads when it is asked, which is when Prometheus asks.
    private static final class Counts implements MetricReader {

        private volatile CollectionRegistration queue = CollectionRegistration.noop();

        double dropped() {
            return queue.collectAllMetrics().stream()
                    .filter(metric -> metric.getName().equals("processedSpans"))
                    .flatMap(metric -> metric.getLongSumData().getPoints().stream())
                    .filter(point -> Boolean.TRUE.equals(point.getAttributes().get(DROPPED)))
                    .mapToLong(LongPointData::getValue)
                    .sum();
        }

        @Override
        public void register(CollectionRegistration registration) {
            queue = registration;
        }

        @Override
        public CompletableResultCode forceFlush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public AggregationTemporality getAggregationTemporality(InstrumentType instrument) {
            return AggregationTemporality.CUMULATIVE;
        }
    }
}
