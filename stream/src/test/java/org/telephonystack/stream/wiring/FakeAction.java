package org.telephonystack.stream.wiring;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/// Stands in for action's `/voice-action`: remembers what came and answers what it was told to.
public final class FakeAction implements AutoCloseable {

    public record Received(
            String path, String authorization, String traceparent, JsonObject body) {}

    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;
    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private volatile Consumer<HttpServerRequest> answer =
            json("{\"outcome\":\"error\",\"script\":\"?\"}");

    private FakeAction() {
        server =
                vertx.createHttpServer()
                        .requestHandler(this::handle)
                        .listen(0, "127.0.0.1")
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join();
    }

    public static FakeAction start() {
        return new FakeAction();
    }

    public String url() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    public BlockingQueue<Received> received() {
        return received;
    }

    public void answers(Consumer<HttpServerRequest> how) {
        answer = how;
    }

    public static Consumer<HttpServerRequest> json(String body) {
        return request ->
                request.response().putHeader("Content-Type", "application/json").end(body);
    }

    public static Consumer<HttpServerRequest> status(int status) {
        return request -> request.response().setStatusCode(status).end("{}");
    }

    private void handle(HttpServerRequest request) {
        request.body()
                .onSuccess(body -> {
                    received.add(
                            new Received(
                                    String.valueOf(request.path()),
                                    String.valueOf(request.getHeader("Authorization")),
                                    String.valueOf(request.getHeader("traceparent")),
                                    body.toJsonObject()));
                    answer.accept(request);
                });
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
