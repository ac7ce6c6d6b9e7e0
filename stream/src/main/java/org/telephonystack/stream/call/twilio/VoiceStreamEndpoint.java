package org.telephonystack.stream.call.twilio;

import io.quarkus.websockets.next.OnBinaryMessage;
import io.quarkus.websockets.next.OnClose;
import io.quarkus.websockets.next.OnError;
import io.quarkus.websockets.next.OnOpen;
import io.quarkus.websockets.next.OnTextMessage;
import io.quarkus.websockets.next.WebSocket;
import io.quarkus.websockets.next.WebSocketConnection;
import io.smallrye.common.annotation.NonBlocking;
import io.vertx.core.buffer.Buffer;

/// Where Twilio connects its Media Streams. On the event loop throughout: a callback that returns has done its work, so no
/// queue grows behind it.
@WebSocket(path = VoiceStreamEndpoint.PATH, endpointId = "voice-stream")
public class VoiceStreamEndpoint {

    public static final String PATH = "/voice-stream";

    private final MediaStreams streams;

    VoiceStreamEndpoint(MediaStreams streams) {
        this.streams = streams;
    }

    @OnOpen
    @NonBlocking
    void onOpen(WebSocketConnection connection) {
        streams.onOpen(connection);
    }

    @OnTextMessage
    @NonBlocking
    void onText(String text, WebSocketConnection connection) {
        streams.onText(connection, text);
    }

    @OnBinaryMessage
    @NonBlocking
    void onBinary(Buffer ignored, WebSocketConnection connection) {
        streams.onBinary(connection);
    }

    @OnError
    @NonBlocking
    void onError(Throwable error, WebSocketConnection connection) {
        streams.onError(connection, error);
    }

    @OnClose
    @NonBlocking
    void onClose(WebSocketConnection connection) {
        streams.onClosed(connection);
    }
}
