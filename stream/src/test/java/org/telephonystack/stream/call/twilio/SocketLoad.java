package org.telephonystack.stream.call.twilio;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;

import org.telephonystack.model.CallSid;
import org.telephonystack.model.ticket.StreamTicket;
import org.telephonystack.model.ticket.StreamTickets;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;

/// Both ends of many calls for [SocketBench]: callers who send a frame every 20 ms and give marks back at once, and a model
/// that, once asked, speaks for ever, 20 ms at a time.
final class SocketLoad implements AutoCloseable {

    /// Frames that came out at the other end.
    record Frames(long toModel, long toCaller) {

        Frames minus(Frames other) {
            return new Frames(toModel - other.toModel, toCaller - other.toCaller);
        }

        long all() {
            return toModel + toCaller;
        }
    }

    private static final int GROUPS = 5;
    private static final String SOUND = Base64.getEncoder().encodeToString(new byte[160]);
    private static final String FORMATS =
            "\"audio\":{\"input\":{\"format\":{\"type\":\"audio/pcmu\"}},\"output\":{\"format\":{\"type\":\"audio/pcmu\"}}}";
    private static final String DELTA =
            "{\"type\":\"response.output_audio.delta\",\"event_id\":\"event_C9G8pqbTEddBSIxbBN6Os\","
                    + "\"response_id\":\"resp_1\",\"item_id\":\"item_1\",\"output_index\":0,\"content_index\":0,\"delta\":\""
                    + SOUND
                    + "\"}";

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final Context loop = vertx.getOrCreateContext();
    private final WebSocketClient client =
            vertx.createWebSocketClient(new WebSocketClientOptions().setMaxConnections(10_000));
    private final HttpServer model;
    private final StreamTickets tickets;
    private final List<WebSocket> callers = new ArrayList<>();
    private final List<ServerWebSocket> speaking = new ArrayList<>();
    private final AtomicLong toModel = new AtomicLong();
    private final AtomicLong toCaller = new AtomicLong();
    private long tick;

    private SocketLoad(String ticketSecret) {
        this.tickets = new StreamTickets(List.of(ticketSecret), Clock.systemUTC());
        this.model =
                vertx.createHttpServer()
                        .requestHandler(request -> {
                            if (String.valueOf(request.path()).startsWith("/v1/models/")) {
                                request.response().end("{}");
                            } else {
                                request.toWebSocket().onSuccess(this::serve);
                            }
                        });
    }

    static SocketLoad start(String ticketSecret) {
        var load = new SocketLoad(ticketSecret);
        load.model.listen(0, "localhost").toCompletionStage().toCompletableFuture().join();
        load.loop.runOnContext(_ -> load.vertx.setPeriodic(20 / GROUPS, _ -> load.speak()));
        return load;
    }

    String modelBase() {
        return "http://localhost:" + model.actualPort() + "/v1";
    }

    /// Returns when all of them have sent their `start`.
    void dial(int calls, int port) {
        List<CompletableFuture<Void>> dialled = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            var one = new CompletableFuture<Void>();
            dialled.add(one);
            loop.runOnContext(_ ->
                    client.connect(port, "localhost", "/voice-stream")
                            .onSuccess(socket -> {
                                pickUp(socket);
                                one.complete(null);
                            })
                            .onFailure(one::completeExceptionally));
        }
        dialled.forEach(CompletableFuture::join);
    }

    Frames frames() {
        return new Frames(toModel.get(), toCaller.get());
    }

    int alive() {
        return onLoop(() -> (int) callers.stream().filter(caller -> !caller.isClosed()).count());
    }

    void hangUp() {
        onLoop(() -> {
            callers.forEach(WebSocket::close);
            callers.clear();
            speaking.clear();
            return 0;
        });
    }

    private int onLoop(IntSupplier task) {
        var done = new CompletableFuture<Integer>();
        loop.runOnContext(_ -> done.complete(task.getAsInt()));
        return done.join();
    }

    private void pickUp(WebSocket socket) {
        var random = ThreadLocalRandom.current();
        var call = new CallSid("CA%016x%016x".formatted(random.nextLong(), random.nextLong()));
        socket.exceptionHandler(_ -> {});
        socket.textMessageHandler(text -> {
            if (text.contains("\"event\":\"media\"")) {
                toCaller.incrementAndGet();
            } else if (text.contains("\"event\":\"mark\"")) {
                socket.writeTextMessage(text);
            }
        });
        socket.writeTextMessage(
                """
                {"event":"start","sequenceNumber":"1","streamSid":"MZ1","start":{"accountSid":"AC1","callSid":"%s",
                "streamSid":"MZ1","tracks":["inbound"],"mediaFormat":{"encoding":"audio/x-mulaw","sampleRate":8000,
                "channels":1},"customParameters":{"callSid":"%s","callerNumber":"anonymous","calledNumber":"",
                "ticket":"%s"}}}\
                """
                        .formatted(call, call, tickets.write(call, StreamTicket.Kind.NEW, 1)));
        callers.add(socket);
    }

    private void serve(ServerWebSocket socket) {
        socket.exceptionHandler(_ -> {});
        socket.closeHandler(_ -> speaking.remove(socket));
        socket.textMessageHandler(text -> {
            if (text.startsWith("{\"type\":\"input_audio_buffer.append\"")) {
                toModel.incrementAndGet();
            } else if (text.contains("\"session.update\"")) {
                socket.writeTextMessage(
                        "{\"type\":\"session.updated\",\"session\":{" + FORMATS + "}}");
            } else if (text.contains("\"response.create\"")) {
                socket.writeTextMessage(
                        "{\"type\":\"response.created\",\"response\":{\"id\":\"resp_1\"}}");
                speaking.add(socket);
            }
        });
        socket.writeTextMessage("{\"type\":\"session.created\",\"session\":{\"id\":\"sess_1\"}}");
    }

    /// A fifth of all every 4 ms: nobody's frames come all at once.
    private void speak() {
        tick++;
        int group = (int) (tick % GROUPS);
        long timestamp = tick / GROUPS * 20;
        for (int i = group; i < callers.size(); i += GROUPS) {
            WebSocket caller = callers.get(i);
            if (!caller.isClosed()) {
                caller.writeTextMessage(
                        "{\"event\":\"media\",\"sequenceNumber\":\"3\",\"streamSid\":\"MZ1\",\"media\":{\"track\":\"inbound\","
                                + "\"chunk\":\"1\",\"timestamp\":\""
                                + timestamp
                                + "\",\"payload\":\""
                                + SOUND
                                + "\"}}");
            }
        }
        for (int i = group; i < speaking.size(); i += GROUPS) {
            ServerWebSocket socket = speaking.get(i);
            if (!socket.isClosed()) {
                socket.writeTextMessage(DELTA);
            }
        }
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
