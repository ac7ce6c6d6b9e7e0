package org.telephonystack.stream.call.twilio;

import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.UserData;
import io.quarkus.websockets.next.WebSocketConnection;
import io.vertx.core.http.HttpClosedException;

import org.telephonystack.stream.admission.CallAdmission;
import org.telephonystack.stream.admission.Refusal;
import org.telephonystack.stream.admission.Refusals;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// All Media Streams of this process: what the endpoints share.
public final class MediaStreams {

    private static final UserData.TypedKey<MediaStream> STREAM =
            new UserData.TypedKey<>("media-stream");

    private final StreamGate gate;
    private final CallAdmission admission;
    private final CallOpener opener;
    private final Refusals refusals;
    private final MediaStreamEvents events;
    private final Duration startWithin;
    private final Set<MediaStream> open = ConcurrentHashMap.newKeySet();

    /// @param startWithin how long an open socket may wait for its `start`
    public MediaStreams(
            StreamGate gate,
            CallAdmission admission,
            CallOpener opener,
            Refusals refusals,
            MediaStreamEvents events,
            Duration startWithin) {
        this.gate = gate;
        this.admission = admission;
        this.opener = opener;
        this.refusals = refusals;
        this.events = events;
        this.startWithin = startWithin;
    }

    /// Refuses what is to come and asks every call to go elsewhere. Returns at once.
    public void drain() {
        admission.drain();
        open.forEach(MediaStream::handOver);
    }

    void onOpen(WebSocketConnection connection) {
        // The handshake asked already; another one may have been faster.
        Optional<Refusal> noRoom = admission.enter();
        if (noRoom.isPresent()) {
            refusals.refused(noRoom.get(), Optional.empty());
            Sockets.close(connection, new CloseReason(1013, noRoom.get().word()));
            return;
        }
        var stream = new MediaStream(connection, this);
        connection.userData().put(STREAM, stream);
        open.add(stream);
        if (admission.isDraining()) {
            stream.handOver();
        }
    }

    void onText(WebSocketConnection connection, String text) {
        MediaStream stream = connection.userData().get(STREAM);
        if (stream != null) {
            stream.onText(text);
        }
    }

    void onBinary(WebSocketConnection connection) {
        MediaStream stream = connection.userData().get(STREAM);
        if (stream != null) {
            stream.onBinary();
        }
    }

    void onError(WebSocketConnection connection, Throwable error) {
        if (error instanceof HttpClosedException || error instanceof IOException) {
            // A wire that was cut broke no rule. Vert.x tells of it here first, then as closed.
            return;
        }
        MediaStream stream = connection.userData().get(STREAM);
        if (stream != null) {
            stream.onError();
        }
    }

    void onClosed(WebSocketConnection connection) {
        MediaStream stream = connection.userData().remove(STREAM);
        if (stream != null) {
            open.remove(stream);
            try {
                stream.onClosed();
            } finally {
                // Whoever waits for the last call to leave finds its end on its way.
                admission.leave();
            }
        }
    }

    StreamGate gate() {
        return gate;
    }

    CallOpener opener() {
        return opener;
    }

    Refusals refusals() {
        return refusals;
    }

    MediaStreamEvents events() {
        return events;
    }

    Duration startWithin() {
        return startWithin;
    }
}
