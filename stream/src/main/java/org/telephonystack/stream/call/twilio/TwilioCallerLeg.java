package org.telephonystack.stream.call.twilio;

import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.WebSocketConnection;

import org.telephonystack.model.EndReason;
import org.telephonystack.model.StreamSid;
import org.telephonystack.stream.call.CallerLeg;

import java.util.Optional;

/// Speaks to the caller through Twilio's socket.
///
/// What Twilio does not take off us is bounded: Twilio queues ten minutes of sound by itself, so a socket that is a
/// megabyte behind is a broken one.
final class TwilioCallerLeg implements CallerLeg {

    /// Characters, nearly all of them ASCII.
    static final int MAX_UNSENT = 1024 * 1024;

    private final WebSocketConnection connection;
    private final StreamSid streamSid;
    private final Runnable onBroken;
    private int unsent;
    private boolean closed;
    private Optional<CloseReason> said = Optional.empty();

    /// @param onBroken called once, when the socket no longer takes what we send
    TwilioCallerLeg(WebSocketConnection connection, StreamSid streamSid, Runnable onBroken) {
        this.connection = connection;
        this.streamSid = streamSid;
        this.onBroken = onBroken;
    }

    @Override
    public void audio(String text, int from, int to) {
        send(TwilioCodec.encodeMedia(streamSid, text, from, to));
    }

    @Override
    public void mark(String name) {
        send(TwilioCodec.encodeMark(streamSid, name));
    }

    @Override
    public void clear() {
        send(TwilioCodec.encodeClear(streamSid));
    }

    @Override
    public void close(EndReason reason) {
        close(closeCode(reason), reason.word());
    }

    /// What the peer is told in place of the reason's own code, when the time to close has come.
    void closeWith(int code, String word) {
        said = Optional.of(new CloseReason(code, word));
    }

    void close(int code, String word) {
        if (closed) {
            return;
        }
        closed = true;
        Sockets.close(connection, said.orElseGet(() -> new CloseReason(code, word)));
    }

    boolean isClosed() {
        return closed;
    }

    private void send(String message) {
        if (closed) {
            return;
        }
        unsent += message.length();
        if (unsent > MAX_UNSENT) {
            broken();
            return;
        }
        connection
                .sendText(message)
                .subscribe()
                .with(_ -> unsent -= message.length(), _ -> notSent());
    }

    /// On a socket that is closed this is no news: its end is told by itself, behind the messages that came before it. The
    /// caller's `stop` may still be among them.
    private void notSent() {
        if (!connection.isClosed()) {
            broken();
        }
    }

    private void broken() {
        if (!closed) {
            onBroken.run();
        }
    }

    /// Twilio does not pass our code on; it is for whoever reads a capture.
    private static int closeCode(EndReason reason) {
        return switch (reason) {
            case ASSISTANT_ENDED, CALLER_HUNG_UP, CALLER_SILENT, TRANSFER, VOICEMAIL -> 1000;
            case HANDED_OVER -> 1001;
            case PROTOCOL_ERROR -> 1008;
            case MODEL_LOST, MODEL_REFUSED, MODEL_SILENT, CALLER_LEG_LOST, BUG -> 1011;
        };
    }
}
