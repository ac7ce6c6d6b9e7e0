package org.telephonystack.simulator.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.vertx.core.Vertx;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;

class TraceReceiverTest {

    private static final String TRACE = "0123456789abcdef0123456789abcdef";
    private static final String ROOT = "1111111111111111";
    private static final String CHILD = "2222222222222222";
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Vertx vertx = Vertx.vertx();
    private final TraceReceiver receiver = TraceReceiver.start(vertx, 0);
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @AfterEach
    void stop() {
        receiver.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void spansAreRememberedByTrace() throws Exception {
        assertThat(post(request("stream", CHILD, ROOT, "turn").toByteArray(), false))
                .isEqualTo(200);

        RecordedSpan span = receiver.spans(TRACE).getFirst();

        assertThat(span.service()).isEqualTo("stream");
        assertThat(span.parentSpanId()).isEqualTo(ROOT);
        assertThat(span.duration()).isEqualTo(Duration.ofMillis(7));
        assertThat(span.attributes()).containsEntry("call.heard_ms", "640");
        assertThat(span.event("first audio").orElseThrow().afterStart())
                .isEqualTo(Duration.ofMillis(2));
        assertThat(receiver.spans("ffffffffffffffffffffffffffffffff")).isEmpty();
    }

    @Test
    void compressedRequestsAreRead() throws Exception {
        post(request("stream", CHILD, ROOT, "turn").toByteArray(), true);

        assertThat(receiver.spans(TRACE)).hasSize(1);
    }

    @Test
    void whoAwaitsATraceIsToldWhenItIsComplete() throws Exception {
        var complete = receiver.await(TRACE, LIMIT, spans -> spans.size() == 2);
        post(request("stream", CHILD, ROOT, "turn").toByteArray(), false);
        assertThat(complete).isNotDone();

        post(request("action", ROOT, "", "call").toByteArray(), false);

        assertThat(complete.join()).extracting(RecordedSpan::name).contains("turn", "call");
    }

    @Test
    void whoAwaitsInVainIsToldWhatThereWas() throws Exception {
        post(request("stream", CHILD, ROOT, "turn").toByteArray(), false);

        assertThatThrownBy(() -> receiver.await(TRACE, Duration.ofMillis(50), List::isEmpty).join())
                .hasMessageContaining("turn");
    }

    @Test
    void aCollectorInTroubleTakesNothing() throws Exception {
        receiver.answerWith(500);
        assertThat(post(request("stream", CHILD, ROOT, "turn").toByteArray(), false))
                .isEqualTo(500);
        assertThat(receiver.traceIds()).isEmpty();

        receiver.answerWith(200);
        receiver.answerAfter(Duration.ofMillis(20));
        assertThat(post(request("stream", CHILD, ROOT, "turn").toByteArray(), false))
                .isEqualTo(200);
    }

    @Test
    void whatIsNoProtobufIsRefused() throws Exception {
        assertThat(
                        post(
                                "{\"resourceSpans\":[]}"
                                        .getBytes(java.nio.charset.StandardCharsets.UTF_8),
                                false))
                .isEqualTo(400);
    }

    @Test
    void theTreeIsIndentedAndShowsDurationsAndEvents() throws Exception {
        post(request("stream", CHILD, ROOT, "turn").toByteArray(), false);
        post(request("action", ROOT, "", "call").toByteArray(), false);

        String tree = SpanTree.print(receiver.spans(TRACE));

        assertThat(tree.lines().map(String::stripTrailing))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("call ").contains("7.0 ms  action"),
                        line -> assertThat(line).isEqualTo("  · first audio +2.0 ms"),
                        line ->
                                assertThat(line)
                                        .startsWith("  turn ")
                                        .contains("stream  call.heard_ms=640"),
                        line -> assertThat(line).isEqualTo("    · first audio +2.0 ms"));
    }

    private int post(byte[] body, boolean gzip) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(receiver.endpoint() + "/v1/traces"))
                        .timeout(LIMIT)
                        .header("Content-Type", "application/x-protobuf");
        if (gzip) {
            var packed = new ByteArrayOutputStream();
            try (var out = new GZIPOutputStream(packed)) {
                out.write(body);
            }
            request.header("Content-Encoding", "gzip")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(packed.toByteArray()));
        } else {
            request.POST(HttpRequest.BodyPublishers.ofByteArray(body));
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private static ExportTraceServiceRequest request(
            String service, String spanId, String parentId, String name) {
        Span span =
                Span.newBuilder()
                        .setTraceId(bytes(TRACE))
                        .setSpanId(bytes(spanId))
                        .setParentSpanId(bytes(parentId))
                        .setName(name)
                        .setStartTimeUnixNano(1_000_000_000L)
                        .setEndTimeUnixNano(1_007_000_000L)
                        .addAttributes(text("call.heard_ms", "640"))
                        .addAttributes(text("thread.name", "loop-1"))
                        .addEvents(
                                Span.Event.newBuilder()
                                        .setName("first audio")
                                        .setTimeUnixNano(1_002_000_000L))
                        .build();
        return ExportTraceServiceRequest.newBuilder()
                .addResourceSpans(
                        ResourceSpans.newBuilder()
                                .setResource(
                                        Resource.newBuilder()
                                                .addAttributes(text("service.name", service)))
                                .addScopeSpans(ScopeSpans.newBuilder().addSpans(span)))
                .build();
    }

    private static KeyValue text(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }

    private static ByteString bytes(String hex) {
        return ByteString.copyFrom(HexFormat.of().parseHex(hex));
    }
}
