package org.telephonystack.stream.call.openai;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketConnectOptions;

import org.telephonystack.stream.call.ModelEvent;
import org.telephonystack.stream.call.ModelEvent.Trouble;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/// The WebSocket under a [RealtimeModel], on one event loop: connected, written to, pinged, closed. It tells of its loss once
/// at least, and of nothing after [#close()].
final class ModelSocket {

    /// 2 s of Twilio's frames: what the socket has not taken by then is too old to be answered.
    private static final int BACKLOG_FRAMES = 100;

    private static final short NORMAL_CLOSURE = 1000;
    private static final int ABNORMAL_CLOSURE = 1006;

    /// What becomes of the socket.
    interface Listener {

        void onOpen();

        void onMessage(String message);

        /// The upgrade was answered, with a status other than 101.
        void onRefused(int status, String body);

        void onLost(Trouble trouble, String detail);

        /// @param took there and back
        void onPong(Duration took);

        /// How long the other side has for an answer to the next ping. Asked before each.
        Duration pingEvery();
    }

    private final Vertx vertx;
    private final ClientWebSocket client;
    private final Listener listener;
    private final CallerAudioBacklog backlog = new CallerAudioBacklog(BACKLOG_FRAMES);
    private Optional<WebSocket> open = Optional.empty();
    private Optional<Long> nextPing = Optional.empty();
    private boolean closed;
    private boolean heardSincePing = true;
    private long pingNanos;

    ModelSocket(Vertx vertx, ClientWebSocket client, Listener listener) {
        this.vertx = vertx;
        this.client = client;
        this.listener = listener;
    }

    /// The handlers are set before anything is sent: `session.created` may come in one piece with the answer to the
    /// handshake, and a handler set after that never sees it.
    void connect(WebSocketConnectOptions to) {
        client.textMessageHandler(this::onMessage);
        client.pongHandler(_ -> onPong());
        client.drainHandler(_ -> onDrained());
        client.exceptionHandler(_ -> lost(Trouble.PASSING, "socket_broken"));
        client.closeHandler(_ -> onClosed());
        client.connect(to).onSuccess(this::onConnected).onFailure(this::onNotConnected);
    }

    /// Commands are few and must not be lost: they are written even to a full queue, never dropped.
    void write(String command) {
        open.ifPresent(socket -> socket.writeTextMessage(command));
    }

    /// Caller audio. False where an older frame was dropped for it.
    boolean writeFrame(String frame) {
        if (open.isEmpty()) {
            return true;
        }
        WebSocket socket = open.get();
        if (backlog.isEmpty() && !socket.writeQueueFull()) {
            socket.writeTextMessage(frame);
            return true;
        }
        return !backlog.add(frame);
    }

    void close() {
        closed = true;
        nextPing.ifPresent(vertx::cancelTimer);
        open.ifPresent(socket -> socket.close(NORMAL_CLOSURE));
    }

    private void onConnected(WebSocket socket) {
        if (closed) {
            socket.close(NORMAL_CLOSURE);
            return;
        }
        open = Optional.of(socket);
        pingLater(socket);
        listener.onOpen();
    }

    private void onNotConnected(Throwable failure) {
        switch (failure) {
            case UpgradeRejectedException refused when !closed -> {
                Buffer body = refused.getBody();
                listener.onRefused(refused.getStatus(), body == null ? "" : body.toString());
            }
            case TimeoutException _ -> lost(Trouble.PASSING, "connect_timeout");
            default -> lost(Trouble.PASSING, "connect_failed");
        }
    }

    private void onMessage(String message) {
        heardSincePing = true;
        listener.onMessage(message);
    }

    private void onClosed() {
        Short code = client.closeStatusCode();
        int known = code == null ? ABNORMAL_CLOSURE : code;
        lost(RealtimeErrors.ofCloseCode(known), "close_" + known);
    }

    private void onPong() {
        heardSincePing = true;
        listener.onPong(Duration.ofNanos(System.nanoTime() - pingNanos));
    }

    private void ping(WebSocket socket) {
        if (!heardSincePing) {
            lost(Trouble.PASSING, ModelEvent.Lost.PING_UNANSWERED);
            return;
        }
        heardSincePing = false;
        pingNanos = System.nanoTime();
        socket.writePing(Buffer.buffer("alive?"));
        pingLater(socket);
    }

    private void pingLater(WebSocket socket) {
        nextPing = Optional.of(vertx.setTimer(listener.pingEvery().toMillis(), _ -> ping(socket)));
    }

    private void onDrained() {
        open.ifPresent(socket -> {
            while (!closed && !backlog.isEmpty() && !socket.writeQueueFull()) {
                socket.writeTextMessage(backlog.removeOldest());
            }
        });
    }

    private void lost(Trouble trouble, String detail) {
        if (!closed) {
            listener.onLost(trouble, detail);
        }
    }
}
