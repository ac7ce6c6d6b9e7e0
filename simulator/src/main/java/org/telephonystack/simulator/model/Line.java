package org.telephonystack.simulator.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.vertx.core.http.ServerWebSocket;

import org.jspecify.annotations.Nullable;

import java.util.function.Consumer;

/// The server's end of one socket: numbers and records what is sent. Used on the connection's event loop only.
final class Line {

    private final ServerWebSocket socket;
    private final Channel channel;
    private final ModelConnection connection;
    private int events;
    private int ids;
    private boolean silent;

    Line(ServerWebSocket socket, Channel channel, ModelConnection connection) {
        this.socket = socket;
        this.channel = channel;
        this.connection = connection;
    }

    ModelConnection connection() {
        return connection;
    }

    /// A fresh id, unique on this connection: `item_7`.
    String newId(String kind) {
        return kind + "_" + Integer.toHexString(System.identityHashCode(this)) + "_" + ++ids;
    }

    void send(String type, Consumer<ObjectNode> fields) {
        if (silent || socket.isClosed()) {
            return;
        }
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("type", type).put("event_id", "event_" + ++events);
        fields.accept(event);
        connection.onSent(new ModelEvent(type, System.nanoTime(), withoutSound(event)));
        var _ = socket.writeTextMessage(event.toString());
    }

    void refuse(Refusal refusal, JsonNode clientEvent) {
        connection.onRefused(refusal);
        String eventId = clientEvent.path("event_id").asText(null);
        sendError(refusal, eventId);
    }

    /// An error that is no fault of the client.
    void sendError(Refusal refusal, @Nullable String eventId) {
        send(
                "error",
                event ->
                        event.putObject("error")
                                .put("type", refusal.type())
                                .put("code", refusal.code())
                                .put("message", refusal.message())
                                .put("param", refusal.param())
                                .put("event_id", eventId));
    }

    /// As a crashed server or a cut cable: no close frame, the TCP connection is reset.
    void reset() {
        silent = true;
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
        // From the first handler on: Vert.x's own would send a close frame first.
        var _ = channel.pipeline().firstContext().close();
    }

    /// Open, but nothing is sent any more.
    void stall() {
        silent = true;
    }

    void expire() {
        sendError(
                Refusal.of(
                        "session_expired",
                        "Your session hit the maximum duration of 60 minutes.",
                        null),
                null);
        silent = true;
        var _ = socket.close((short) 1001, "session_expired");
    }

    static ObjectNode withoutSound(ObjectNode event) {
        String field =
                event.path("type").asText("").equals("response.output_audio.delta")
                        ? "delta"
                        : "audio";
        String sound = event.path(field).asText("");
        if (event.path("type").asText("").contains("audio_transcript") || sound.isEmpty()) {
            return event;
        }
        return event.deepCopy().put(field, "<" + sound.length() / 4 * 3 + " bytes>");
    }
}
