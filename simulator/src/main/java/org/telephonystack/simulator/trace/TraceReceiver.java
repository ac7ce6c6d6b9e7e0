package org.telephonystack.simulator.trace;

import com.google.protobuf.InvalidProtocolBufferException;

import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// Takes spans over OTLP (`POST /v1/traces`, http/protobuf) and remembers them by trace.
public final class TraceReceiver implements AutoCloseable {

    private record Waiting(
            String traceId,
            Predicate<List<RecordedSpan>> wanted,
            CompletableFuture<List<RecordedSpan>> answer) {}

    private final Vertx vertx;
    private final HttpServer server;
    private final Map<String, List<RecordedSpan>> traces = new ConcurrentHashMap<>();
    private final List<Waiting> waiting = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private volatile Duration delay = Duration.ZERO;

    private TraceReceiver(Vertx vertx) {
        this.vertx = vertx;
        this.server =
                vertx.createHttpServer(new HttpServerOptions().setDecompressionSupported(true))
                        .requestHandler(this::onRequest);
    }

    /// Blocks until the server listens.
    ///
    /// @param port 0 for a free one
    public static TraceReceiver start(Vertx vertx, int port) {
        var receiver = new TraceReceiver(vertx);
        receiver.server.listen(port, "localhost").toCompletionStage().toCompletableFuture().join();
        return receiver;
    }

    /// What `OTEL_EXPORTER_OTLP_ENDPOINT` is to be.
    public String endpoint() {
        return "http://localhost:" + server.actualPort();
    }

    /// From now on answers with this status and takes nothing, as a collector in trouble; 200 ends it.
    public void answerWith(int newStatus) {
        status = newStatus;
    }

    /// From now on answers this much later.
    public void answerAfter(Duration newDelay) {
        delay = newDelay;
    }

    /// In the order they arrived; empty for an unknown trace.
    public List<RecordedSpan> spans(String traceId) {
        return List.copyOf(traces.getOrDefault(traceId, List.of()));
    }

    public List<String> traceIds() {
        return traces.keySet().stream().sorted().toList();
    }

    /// Completes as soon as the trace's spans are what is wanted; fails after the limit, saying what was there.
    public CompletableFuture<List<RecordedSpan>> await(
            String traceId, Duration limit, Predicate<List<RecordedSpan>> wanted) {
        var answer = new CompletableFuture<List<RecordedSpan>>();
        var entry = new Waiting(traceId, wanted, answer);
        waiting.add(entry);
        check(entry);
        return answer.orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((_, _) -> waiting.remove(entry))
                .exceptionallyCompose(failure ->
                        CompletableFuture.failedFuture(
                                new IllegalStateException(
                                        "trace %s is not as wanted after %s:%n%s"
                                                .formatted(
                                                        traceId,
                                                        limit,
                                                        SpanTree.print(spans(traceId))),
                                        failure)));
    }

    private void check(Waiting entry) {
        List<RecordedSpan> spans = spans(entry.traceId());
        if (entry.wanted().test(spans)) {
            entry.answer().complete(spans);
        }
    }

    private void onRequest(HttpServerRequest request) {
        if (!"/v1/traces".equals(request.path())) {
            answer(request, 404, Buffer.buffer());
            return;
        }
        request.body()
                .onSuccess(body -> {
                    long millis = delay.toMillis();
                    if (millis > 0) {
                        vertx.setTimer(millis, _ -> take(request, body));
                    } else {
                        take(request, body);
                    }
                });
    }

    private void take(HttpServerRequest request, Buffer body) {
        if (status != 200) {
            answer(request, status, Buffer.buffer());
            return;
        }
        try {
            SpanReader.read(ExportTraceServiceRequest.parseFrom(body.getBytes()))
                    .forEach(span ->
                            traces.computeIfAbsent(
                                            span.traceId(), _ -> new CopyOnWriteArrayList<>())
                                    .add(span));
        } catch (InvalidProtocolBufferException | RuntimeException e) {
            answer(request, 400, Buffer.buffer(String.valueOf(e.getMessage())));
            return;
        }
        answer(
                request,
                200,
                Buffer.buffer(ExportTraceServiceResponse.getDefaultInstance().toByteArray()));
        waiting.forEach(this::check);
    }

    private static void answer(HttpServerRequest request, int status, Buffer body) {
        var _ =
                request.response()
                        .setStatusCode(status)
                        .putHeader("content-type", "application/x-protobuf")
                        .end(body);
    }

    @Override
    public void close() {
        server.close().toCompletionStage().toCompletableFuture().join();
    }
}
