package org.telephonystack.simulator.phone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;

import org.telephonystack.simulator.webhook.Form;
import org.telephonystack.simulator.webhook.RequestSignature;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/// The services as the network sees them: answers by path, a socket that does what a test wants.
final class OurSide implements AutoCloseable {

    static final String TOKEN = "2b7e151628aed2a6abf7158809cf4f3c";
    static final String ACCOUNT = "AC00000000000000000000000000000001";
    static final String NUMBER = "+18005550123";
    static final String CALLER = "+14155550199";

    /// @param isSigned whether the signature is that of the URL and the form
    record Received(String path, Map<String, String> form, boolean isSigned, String token) {}

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, String> documents = new ConcurrentHashMap<>();
    private final Map<String, Integer> statuses = new ConcurrentHashMap<>();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final List<JsonNode> messages = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private volatile BiConsumer<ServerWebSocket, JsonNode> onMessage = (_, _) -> {};
    private volatile int handshakeStatus = 101;
    private volatile Optional<String> handshakeSignature = Optional.empty();
    private volatile boolean closedByStop;

    OurSide(Vertx vertx) {
        server =
                vertx.createHttpServer()
                        .requestHandler(this::answer)
                        .listen(0, "127.0.0.1")
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join();
    }

    NetworkSettings settings() {
        return NetworkSettings.of(ACCOUNT, TOKEN, NUMBER, url("/voice-frontdoor"))
                .statusCallback(url("/status"))
                .speed(50);
    }

    String url(String path) {
        return "http://127.0.0.1:" + server.actualPort() + path;
    }

    String streamUrl() {
        return "ws://127.0.0.1:" + server.actualPort() + "/voice-stream";
    }

    /// Answers this path with the verbs.
    OurSide answers(String path, String verbs) {
        documents.put(path, "<Response>" + verbs + "</Response>");
        return this;
    }

    OurSide fails(String path, int status) {
        statuses.put(path, status);
        return this;
    }

    /// The voice webhook connects the stream; then an apology.
    OurSide connects() {
        return answers(
                "/voice-frontdoor",
                "<Connect action=\"/after-stream?attempt=1\"><Stream url=\""
                        + streamUrl()
                        + "\" statusCallback=\"/stream-status\"><Parameter name=\"ticket\" value=\"t1\"/>"
                        + "</Stream></Connect><Say>Sorry</Say>");
    }

    OurSide onMessage(BiConsumer<ServerWebSocket, JsonNode> reaction) {
        onMessage = reaction;
        return this;
    }

    OurSide refusesHandshakeWith(int status) {
        handshakeStatus = status;
        return this;
    }

    List<Received> requestsTo(String path) {
        return received.stream().filter(one -> one.path().equals(path)).toList();
    }

    List<String> formsTo(String path, String field) {
        return requestsTo(path).stream().map(one -> one.form().getOrDefault(field, "")).toList();
    }

    List<JsonNode> messages(String event) {
        return messages.stream().filter(m -> m.path("event").asText().equals(event)).toList();
    }

    List<JsonNode> messages() {
        return messages;
    }

    boolean isHandshakeSigned() {
        String expected = RequestSignature.of(TOKEN, streamUrl(), Map.of());
        return handshakeSignature.equals(Optional.of(expected));
    }

    boolean sawStop() {
        return closedByStop;
    }

    @Override
    public void close() {
        server.close();
    }

    private void answer(HttpServerRequest request) {
        String path = String.valueOf(request.path());
        if (path.equals("/voice-stream")) {
            handshake(request);
            return;
        }
        request.body()
                .onSuccess(body -> {
                    Map<String, String> form = Form.decode(body.toString());
                    String signature = RequestSignature.of(TOKEN, url(request.uri()), form);
                    received.add(
                            new Received(
                                    path,
                                    form,
                                    signature.equals(request.getHeader("X-Twilio-Signature")),
                                    String.valueOf(
                                            request.getHeader("I-Twilio-Idempotency-Token"))));
                    String document = documents.getOrDefault(path, "");
                    request.response()
                            .setStatusCode(statuses.getOrDefault(path, 200))
                            .putHeader("Content-Type", "text/xml")
                            .end(document);
                });
    }

    private void handshake(HttpServerRequest request) {
        handshakeSignature = Optional.ofNullable(request.getHeader("x-twilio-signature"));
        if (handshakeStatus != 101) {
            request.response().setStatusCode(handshakeStatus).end();
            return;
        }
        request.toWebSocket().onSuccess(this::stream);
    }

    private void stream(ServerWebSocket socket) {
        socket.textMessageHandler(text -> {
            JsonNode message = json(text);
            messages.add(message);
            closedByStop |= message.path("event").asText().equals("stop");
            onMessage.accept(socket, message);
        });
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (java.io.IOException e) {
            return JSON.createObjectNode().put("event", "garbage");
        }
    }
}
