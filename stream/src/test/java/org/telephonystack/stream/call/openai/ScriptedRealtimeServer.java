package org.telephonystack.stream.call.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.ServerWebSocket;

import java.net.URI;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A Realtime API in the hands of a test: what arrives can be taken in order, what is said is the test's.
final class ScriptedRealtimeServer {

    static final String CREATED = "{\"type\":\"session.created\",\"session\":{\"id\":\"sess_1\"}}";

    private final ObjectMapper json = new ObjectMapper();
    private final BlockingQueue<JsonNode> received = new LinkedBlockingQueue<>();
    private final CompletableFuture<ServerWebSocket> socket = new CompletableFuture<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private final HttpServer server;
    private volatile MultiMap headers = MultiMap.caseInsensitiveMultiMap();
    private volatile String uri = "";

    /// @param refusal 0 accepts, else the status of the answer to the upgrade
    ScriptedRealtimeServer(Vertx vertx, int refusal) throws Exception {
        server =
                vertx.createHttpServer()
                        .requestHandler(request -> {
                            headers = request.headers();
                            uri = request.uri();
                            if (refusal > 0) {
                                request.response().setStatusCode(refusal).end();
                            } else {
                                request.toWebSocket().onSuccess(this::onOpen);
                            }
                        })
                        .listen(0, "127.0.0.1")
                        .toCompletionStage()
                        .toCompletableFuture()
                        .get(5, TimeUnit.SECONDS);
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + server.actualPort() + "/v1/");
    }

    MultiMap headers() {
        return headers;
    }

    String uri() {
        return uri;
    }

    void says(String message) throws Exception {
        socket.get(5, TimeUnit.SECONDS).writeTextMessage(message);
    }

    void saysSessionUpdated(String input, String output) throws Exception {
        says(
                "{\"type\":\"session.updated\",\"session\":{\"audio\":{\"input\":{\"format\":{\"type\":\"%s\"}},\"output\":{\"format\":{\"type\":\"%s\"}}}}}"
                        .formatted(input, output));
    }

    void closes(int code) throws Exception {
        socket.get(5, TimeUnit.SECONDS).close((short) code);
    }

    JsonNode hears() throws Exception {
        JsonNode message = received.poll(5, TimeUnit.SECONDS);
        if (message == null) {
            throw new AssertionError("nothing was said in 5 s");
        }
        return message;
    }

    int closeCode() throws Exception {
        closed.get(5, TimeUnit.SECONDS);
        return socket.get().closeStatusCode();
    }

    private void onOpen(ServerWebSocket open) {
        open.textMessageHandler(this::onMessage);
        open.closeHandler(_ -> closed.complete(null));
        socket.complete(open);
    }

    private void onMessage(String message) {
        try {
            received.add(json.readTree(message));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError(message, e);
        }
    }

    void stop() throws Exception {
        server.close().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
    }
}
