package org.telephonystack.simulator.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.vertx.core.Vertx;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A client that sends what a test says and remembers what comes back.
final class RealtimeClient {

    static final String KEY = "sk-test";
    static final String MODEL = "gpt-realtime-2.1";

    static final String PHONE_SESSION =
            """
            {"type":"session.update","event_id":"cfg","session":{"type":"realtime","instructions":"Talk to %s.",
             "audio":{"input":{"format":{"type":"audio/pcmu"},"transcription":{"model":"gpt-transcribe"},
               "turn_detection":{"type":"server_vad","threshold":0.6,"prefix_padding_ms":300,
                 "silence_duration_ms":400,"create_response":%s,"interrupt_response":%s}},
              "output":{"format":{"type":"audio/pcmu"},"voice":"shimmer"}}}}
            """;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ClientWebSocket socket;
    private final BlockingQueue<JsonNode> arriving = new LinkedBlockingQueue<>();
    private final CompletableFuture<String> closed = new CompletableFuture<>();

    private RealtimeClient(ClientWebSocket socket) {
        this.socket = socket;
        socket.textMessageHandler(text -> arriving.add(parse(text)));
        socket.exceptionHandler(_ -> {});
        socket.closeHandler(
                _ -> closed.complete(socket.closeStatusCode() + " " + socket.closeReason()));
    }

    static RealtimeClient connect(Vertx vertx, ScriptedModel model) {
        return connect(vertx, model, KEY, "/v1/realtime?model=" + MODEL);
    }

    /// Fails with `UpgradeRejectedException` where the server answers with a status.
    static RealtimeClient connect(Vertx vertx, ScriptedModel model, String key, String uri) {
        WebSocketConnectOptions options =
                new WebSocketConnectOptions()
                        .setHost("localhost")
                        .setPort(model.port())
                        .setURI(uri)
                        .putHeader("Authorization", "Bearer " + key);
        ClientWebSocket socket =
                vertx.createWebSocketClient(
                                new WebSocketClientOptions()
                                        .setMaxMessageSize(1 << 20)
                                        .setMaxFrameSize(1 << 20))
                        .webSocket();
        // Before connecting: the first event may arrive together with the upgrade.
        var client = new RealtimeClient(socket);
        // On an event loop: from any other thread Vert.x lets messages flow before it has passed
        // the handlers on.
        var connected = new CompletableFuture<WebSocket>();
        vertx.getOrCreateContext()
                .runOnContext(_ ->
                        socket.connect(options)
                                .onSuccess(connected::complete)
                                .onFailure(connected::completeExceptionally));
        connected.join();
        return client;
    }

    /// Connects as stream does: formats first, then the rest.
    static RealtimeClient phone(Vertx vertx, ScriptedModel model, String caller) {
        RealtimeClient client = connect(vertx, model);
        client.send(PHONE_SESSION.formatted(caller, true, true));
        client.await("session.updated");
        return client;
    }

    RealtimeClient send(String json) {
        var _ = socket.writeTextMessage(json.strip());
        return this;
    }

    RealtimeClient requestResponse() {
        return send("{\"type\":\"response.create\",\"event_id\":\"r\"}");
    }

    /// Twenty milliseconds a message, as a telephone delivers them.
    RealtimeClient append(byte[] sound) {
        for (int at = 0; at < sound.length; at += 160) {
            byte[] frame = Arrays.copyOfRange(sound, at, Math.min(sound.length, at + 160));
            send(
                    "{\"type\":\"input_audio_buffer.append\",\"audio\":\""
                            + Base64.getEncoder().encodeToString(frame)
                            + "\"}");
        }
        return this;
    }

    RealtimeClient appendSilence(int millis) {
        byte[] silence = new byte[millis * 8];
        Arrays.fill(silence, Mulaw.SILENCE);
        return append(silence);
    }

    /// The next event of this type; those before it are dropped.
    JsonNode await(String type) {
        return until(type).getLast();
    }

    /// All up to and with the next event of this type.
    List<JsonNode> until(String type) {
        var seen = new ArrayList<JsonNode>();
        while (seen.isEmpty() || !seen.getLast().path("type").asText().equals(type)) {
            seen.add(next(type, seen));
        }
        return seen;
    }

    private JsonNode next(String type, List<JsonNode> seen) {
        try {
            JsonNode event = arriving.poll(5, TimeUnit.SECONDS);
            if (event == null) {
                throw new AssertionError("no " + type + " came, only " + types(seen) + " " + seen);
            }
            return event;
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    String awaitError() {
        return await("error").at("/error/code").asText();
    }

    /// Close code and reason, `null null` when the connection just broke.
    String awaitClose() {
        return closed.orTimeout(5, TimeUnit.SECONDS).join();
    }

    void close() {
        socket.close().toCompletionStage().toCompletableFuture().join();
    }

    static List<String> types(List<JsonNode> events) {
        return events.stream().map(event -> event.path("type").asText()).toList();
    }

    static List<JsonNode> only(List<JsonNode> events, String type) {
        return events.stream().filter(event -> event.path("type").asText().equals(type)).toList();
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + text, e);
        }
    }
}
