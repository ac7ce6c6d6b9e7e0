package org.telephonystack.stream.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;

import org.junit.jupiter.api.Test;
import org.telephonystack.model.CallSid;
import org.telephonystack.model.CallTrace;
import org.telephonystack.model.EndReason;
import org.telephonystack.model.StreamSid;
import org.telephonystack.model.ticket.StreamTicket;
import org.telephonystack.stream.call.CallEvent;
import org.telephonystack.stream.call.CallStart;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

class CallSpansTest {

    private static final CallSid CALL = new CallSid("CA0123456789abcdef0123456789abcdef");
    private static final Instant AT = Instant.parse("2026-11-22T12:00:00Z");
    private static final CallStart START =
            new CallStart(
                    CALL,
                    new StreamSid("MZ1"),
                    "+1234567890",
                    "",
                    new StreamTicket(StreamTicket.Kind.NEW, 1, "n", AT),
                    AT);

    private final List<SpanData> exported = new CopyOnWriteArrayList<>();
    private final SdkTracerProvider provider =
            SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(new Collector(exported)))
                    .build();

    @Test
    void theSpansOfACallHangInOneTreeUnderItsRoot() {
        var spans = new CallSpans(provider.get("test"), START, 1.0);
        var lookup = new CallEvent.LookedUp(CallEvent.LookupOutcome.FOUND, Duration.ofMillis(7));

        spans.on(lookup, AT.plusMillis(10));
        spans.on(new CallEvent.TurnBegan(1), AT.plusMillis(20));
        spans.on(new CallEvent.ToolStarted("c1", "check_schedule"), AT.plusMillis(30));
        Optional<String> traceparent = spans.traceparent("c1");
        spans.on(
                new CallEvent.ToolFinished(
                        "c1", "check_schedule", CallEvent.ToolEnd.SUCCESS, Duration.ofMillis(5)),
                AT.plusMillis(35));
        spans.on(new CallEvent.TurnEnded(false), AT.plusMillis(40));
        assertThat(exported).hasSize(3);
        spans.on(
                new CallEvent.Ended(
                        EndReason.ASSISTANT_ENDED, Duration.ofSeconds(1), Optional.empty()),
                AT.plusSeconds(1));

        SpanData stream = span("stream");
        assertThat(stream.getTraceId()).isEqualTo("0123456789abcdef0123456789abcdef");
        assertThat(stream.getParentSpanId()).isEqualTo(CallTrace.of(CALL).rootSpanId());
        assertThat(span("context lookup").getParentSpanId()).isEqualTo(stream.getSpanId());
        assertThat(span("context lookup").getStartEpochNanos())
                .isEqualTo(AT.plusMillis(3).toEpochMilli() * 1_000_000);
        assertThat(span("turn").getParentSpanId()).isEqualTo(stream.getSpanId());
        SpanData tool = span("tool check_schedule");
        assertThat(tool.getParentSpanId()).isEqualTo(span("turn").getSpanId());
        assertThat(traceparent)
                .contains("00-" + stream.getTraceId() + "-" + tool.getSpanId() + "-01");
        assertThat(spans.traceparent("c1")).isEmpty();
    }

    @Test
    void aCallThatIsNotSampledExportsNothing() {
        var spans = new CallSpans(provider.get("test"), START, 0);

        spans.on(
                new CallEvent.Ended(
                        EndReason.ASSISTANT_ENDED, Duration.ofSeconds(1), Optional.empty()),
                AT.plusSeconds(1));

        assertThat(exported).isEmpty();
    }

    private SpanData span(String name) {
        return exported.stream()
                .filter(span -> span.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no span " + name + " in " + exported));
    }

    private record Collector(List<SpanData> spans) implements SpanExporter {

        @Override
        public CompletableResultCode export(Collection<SpanData> batch) {
            spans.addAll(batch);
            return CompletableResultCode.ofSuccess();
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
