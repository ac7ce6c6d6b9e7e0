package org.telephonystack.stream.call.twilio;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;

import org.jspecify.annotations.Nullable;

import java.net.URI;

/// The least a relay can do, as a reference for [SocketBench]: base64 from one socket's text into the other's, no turns, no
/// marks, no bounds.
final class SpliceRelay {

    private static final String PAYLOAD = "\"payload\":\"";
    private static final String DELTA = "\"delta\":\"";

    private final WebSocketClient client;
    private final URI model;

    private SpliceRelay(Vertx vertx, URI model) {
        this.client =
                vertx.createWebSocketClient(new WebSocketClientOptions().setMaxConnections(10_000));
        this.model = model;
    }

    /// @param args port, base URL of the model
    public static void main(String... args) {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        var relay = new SpliceRelay(vertx, URI.create(args[1]));
        vertx.createHttpServer()
                .requestHandler(request -> request.toWebSocket().onSuccess(relay::serve))
                .listen(Integer.parseInt(args[0]), "localhost");
    }

    private void serve(ServerWebSocket caller) {
        new Pair(caller);
    }

    private final class Pair {

        private final ServerWebSocket caller;
        private @Nullable WebSocket other;

        Pair(ServerWebSocket caller) {
            this.caller = caller;
            caller.textMessageHandler(this::fromCaller);
        }

        private void fromCaller(String text) {
            WebSocket to = other;
            if (to == null) {
                if (text.contains("\"event\":\"start\"")) {
                    connect();
                }
                return;
            }
            int from = text.indexOf(PAYLOAD);
            if (from > 0) {
                int start = from + PAYLOAD.length();
                String payload = text.substring(start, text.indexOf('"', start));
                to.writeTextMessage(
                        "{\"type\":\"input_audio_buffer.append\",\"audio\":\"" + payload + "\"}");
            }
        }

        private void connect() {
            client.connect(model.getPort(), model.getHost(), "/v1/realtime?model=splice")
                    .onSuccess(open -> {
                        other = open;
                        open.textMessageHandler(this::fromModel);
                        open.writeTextMessage("{\"type\":\"response.create\"}");
                    });
        }

        private void fromModel(String text) {
            int from = text.indexOf(DELTA);
            if (from > 0) {
                int start = from + DELTA.length();
                caller.writeTextMessage(
                        "{\"event\":\"media\",\"streamSid\":\"MZ1\",\"media\":{\"payload\":\""
                                + text.substring(start, text.indexOf('"', start))
                                + "\"}}");
            }
        }
    }
}
