package org.telephonystack.simulator.phone;

import io.netty.channel.socket.SocketChannel;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.impl.WebSocketInternal;

import org.jspecify.annotations.Nullable;
import org.telephonystack.simulator.phone.CallEvent.Kind;
import org.telephonystack.simulator.sound.Mulaw;
import org.telephonystack.simulator.twiml.Verb;
import org.telephonystack.simulator.webhook.TwilioError;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One `<Connect><Stream>`: the socket to our server, the frames of the caller, the playback of what comes back. All on the
/// call's context.
final class MediaStream {

    /// What the stream needs of its call.
    interface Call {
        NetworkSettings settings();

        CallerPlan plan();

        String callSid();

        CallJournal journal();

        String signatureOf(String url);

        String resolve(String url);

        void streamCallback(MediaStream stream, String event, String error);

        /// Not called after [MediaStream#stop].
        void streamEnded(MediaStream stream, StreamEnd end);
    }

    private static final String FOREIGN = "MZ" + "f".repeat(32);

    private final Call call;
    private final Verb.ConnectStream verb;
    private final String url;
    private final String streamSid = Sids.random("MZ");
    private final StreamMessages messages;
    private final Playback playback = new Playback();
    private final List<String> marksPlayed = new ArrayList<>();
    private final List<String> marksCleared = new ArrayList<>();
    private final Map<String, String> parameters;
    private @Nullable WebSocket socket;
    private @Nullable StreamEnd end;
    private @Nullable Integer handshakeStatus;
    private @Nullable Integer closeCode;
    private long framesSent;
    private long soundBytes;
    private boolean sendsMedia = true;
    private boolean warnedAboutMessages;
    private boolean warnedAboutBuffer;
    private boolean warnedAboutCongestion;
    private int gap;

    /// @param url absolute
    MediaStream(Call call, Verb.ConnectStream verb, String url) {
        this.call = call;
        this.verb = verb;
        this.url = url;
        this.parameters = Map.copyOf(call.plan().streamParameters().apply(verb.parameters()));
        this.messages =
                new StreamMessages(
                        has(StreamFault.FOREIGN_ACCOUNT_SID)
                                ? "AC" + "f".repeat(32)
                                : call.settings().accountSid(),
                        has(StreamFault.FOREIGN_CALL_SID) ? "CA" + "f".repeat(32) : call.callSid(),
                        streamSid);
    }

    String streamSid() {
        return streamSid;
    }

    Verb.ConnectStream verb() {
        return verb;
    }

    String name() {
        return verb.name().orElse(streamSid);
    }

    void connect(WebSocketClient client) {
        call.journal().add(Kind.STREAM_CONNECTING, url);
        var handshake = new StreamHandshake(call, url);
        Optional<TwilioError> refusal = handshake.refusal();
        if (refusal.isPresent()) {
            handshakeFailed(refusal.get(), url);
            return;
        }
        client.connect(handshake.options()).onSuccess(this::opened).onFailure(this::notOpened);
    }

    /// One tick of the line.
    ///
    /// @return what the caller hears in these 20 ms
    byte[] tick(byte[] callerFrame) {
        WebSocket open = socket;
        if (open == null || end != null) {
            return Mulaw.silence(Mulaw.FRAME_BYTES);
        }
        sendFrame(open, callerFrame);
        return playback.play(
                Mulaw.FRAME_BYTES,
                mark -> {
                    marksPlayed.add(mark);
                    call.journal().add(Kind.MARK_PLAYED, mark);
                    send(messages.mark(mark));
                });
    }

    void press(char digit) {
        send(messages.dtmf(digit));
    }

    void send(String text) {
        if (socket != null && end == null) {
            socket.writeTextMessage(text);
        }
    }

    void sendSecondStart() {
        send(messages.start(parameters));
    }

    void sendsMedia(boolean on) {
        sendsMedia = on;
    }

    void reads(boolean on) {
        if (socket != null && on) {
            socket.resume();
        } else if (socket != null) {
            socket.pause();
        }
    }

    /// The next frames are lost on the way.
    void lose(int frames) {
        gap += frames;
    }

    /// The connection is gone without `stop` or close, as when a network cable is pulled.
    void cut() {
        if (socket instanceof WebSocketInternal internal && end == null) {
            end = StreamEnd.CUT;
            var channel = internal.channelHandlerContext().channel();
            if (channel instanceof SocketChannel tcp) {
                // Closes with a reset.
                tcp.config().setSoLinger(0);
            }
            var _ = channel.close();
            finished("stream-error", "Stream - Connection - Broken Pipe");
            call.streamEnded(this, StreamEnd.CUT);
        }
    }

    /// Caller hung up, or REST took the call away: `stop`, then Twilio closes.
    void stop() {
        if (end != null) {
            return;
        }
        send(messages.stop());
        end = StreamEnd.STOPPED;
        if (socket != null) {
            socket.close();
            finished("stream-stopped", "");
        }
    }

    StreamRecord record() {
        return new StreamRecord(
                streamSid,
                url,
                parameters,
                framesSent,
                soundBytes,
                marksPlayed,
                marksCleared,
                Optional.ofNullable(end),
                Optional.ofNullable(handshakeStatus),
                Optional.ofNullable(closeCode));
    }

    private void opened(WebSocket opened) {
        if (end != null) {
            opened.close();
            return;
        }
        opened.textMessageHandler(this::received);
        opened.binaryMessageHandler(bytes ->
                call.journal().complain(TwilioError.STREAM_BINARY, bytes.length() + " bytes"));
        opened.exceptionHandler(_ -> {});
        opened.closeHandler(_ -> closed(opened));
        socket = opened;
        send(StreamMessages.CONNECTED);
        call.journal().add(Kind.STREAM_STARTED, streamSid);
        call.streamCallback(this, "stream-started", "");
        beginWithFaults();
    }

    private void beginWithFaults() {
        for (int i = 0; i < 10 && has(StreamFault.MEDIA_BEFORE_START); i++) {
            send(messages.media(Mulaw.silence(Mulaw.FRAME_BYTES), streamSid));
        }
        if (has(StreamFault.NO_START)) {
            sendsMedia = false;
            return;
        }
        send(messages.start(parameters));
        if (has(StreamFault.SECOND_START)) {
            sendSecondStart();
        }
        if (has(StreamFault.GARBAGE_JSON)) {
            send("{\"event\":\"media\",,,");
        }
        if (has(StreamFault.HUGE_MESSAGE)) {
            send("{\"event\":\"media\",\"media\":{\"payload\":\"" + "A".repeat(1 << 20) + "\"}}");
        }
        sendsMedia = !has(StreamFault.NO_MEDIA);
    }

    private void notOpened(Throwable cause) {
        if (cause instanceof UpgradeRejectedException refused) {
            handshakeStatus = refused.getStatus();
        }
        handshakeFailed(StreamHandshake.errorOf(cause), String.valueOf(cause.getMessage()));
    }

    private void handshakeFailed(TwilioError error, String detail) {
        if (end == null) {
            end = StreamEnd.HANDSHAKE_FAILED;
            call.journal().complain(error, detail);
            finished("stream-error", "Stream - WebSocket - Handshake Error");
            call.streamEnded(this, StreamEnd.HANDSHAKE_FAILED);
        }
    }

    private void closed(WebSocket closing) {
        if (end != null) {
            return;
        }
        Short code = closing.closeStatusCode();
        boolean lost = code == null || code == 1006;
        closeCode = code == null ? 1006 : (int) code;
        StreamEnd how = lost ? StreamEnd.LOST : StreamEnd.SERVER_CLOSED;
        end = how;
        if (lost) {
            call.journal().complain(TwilioError.STREAM_BROKEN_PIPE, "closed without a close frame");
            call.streamCallback(this, "stream-error", "Stream - Connection - Broken Pipe");
        }
        finished("stream-stopped", "");
        call.streamEnded(this, how);
    }

    private void finished(String event, String error) {
        call.journal().add(Kind.STREAM_ENDED, String.valueOf(end));
        call.streamCallback(this, event, error);
    }

    private void sendFrame(WebSocket open, byte[] callerFrame) {
        if (!sendsMedia) {
            return;
        }
        if (open.writeQueueFull() || gap > 0) {
            if (gap > 0) {
                gap--;
            } else if (!warnedAboutCongestion) {
                warnedAboutCongestion = true;
                call.journal()
                        .complain(TwilioError.STREAM_CONGESTION, "our server reads too slowly");
            }
            messages.skipMedia();
            return;
        }
        framesSent++;
        send(
                messages.media(
                        callerFrame, has(StreamFault.FOREIGN_STREAM_SID) ? FOREIGN : streamSid));
    }

    private void received(String text) {
        switch (StreamOrders.read(text, streamSid)) {
            case StreamOrders.Media(byte[] sound) -> {
                soundBytes += sound.length;
                if (!playback.add(sound) && !warnedAboutBuffer) {
                    warnedAboutBuffer = true;
                    call.journal().complain(TwilioError.STREAM_BUFFER_FULL, "10 minutes queued");
                }
            }
            case StreamOrders.Mark(String name) -> {
                if (playback.mark(name)) {
                    marksPlayed.add(name);
                    call.journal().add(Kind.MARK_PLAYED, name);
                    send(messages.mark(name));
                }
            }
            case StreamOrders.Clear() -> clear();
            case StreamOrders.Refused(String why) -> {
                if (!warnedAboutMessages) {
                    warnedAboutMessages = true;
                    call.journal().complain(TwilioError.STREAM_MESSAGE, why);
                }
            }
        }
    }

    private void clear() {
        call.journal().add(Kind.CLEAR, playback.queuedMillis() + " ms");
        for (String mark : playback.clear()) {
            marksCleared.add(mark);
            call.journal().add(Kind.MARK_CLEARED, mark);
            send(messages.mark(mark));
        }
    }

    private boolean has(StreamFault fault) {
        return call.plan().faults().contains(fault);
    }
}
