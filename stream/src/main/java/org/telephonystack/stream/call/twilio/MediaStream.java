package org.telephonystack.stream.call.twilio;

import io.quarkus.websockets.next.CloseReason;
import io.quarkus.websockets.next.WebSocketConnection;

import org.telephonystack.model.CallSid;
import org.telephonystack.model.EndReason;
import org.telephonystack.model.call.StreamParameters;
import org.telephonystack.model.ticket.StreamTicket;
import org.telephonystack.stream.admission.Refusal;
import org.telephonystack.stream.call.CallSession;
import org.telephonystack.stream.call.CallStart;
import org.telephonystack.stream.call.CallTime;

import java.util.Optional;

/// One Media Stream, from the open socket to the closed one: waits for `start`, then hands everything to the call.
///
/// ```text
/// waiting ── start, ticket holds ──▶ in a call ── call ends, or broken rule ──▶ closing ──▶ closed
///    └────── 5 s, no ticket, garbage, sound before `start` ────────────────────────▲
/// ```
///
/// Mutable, on the socket's event loop only.
final class MediaStream {

    private final WebSocketConnection connection;
    private final MediaStreams shared;
    private final CallLoop loop = CallLoop.current(this::onBug);
    private final TwilioCodec codec = new TwilioCodec();
    private final CallTime.Timer startDeadline;

    private Optional<Live> live = Optional.empty();
    private boolean closing;

    /// What there is once a call has begun.
    private record Live(CallStart start, TwilioCallerLeg leg, CallSession session, Clock clock) {

        boolean isForeign(String streamSid) {
            return !streamSid.isEmpty() && !streamSid.equals(start.streamSid().value());
        }
    }

    /// Twilio's clock of the stream; where a peer sends none, the sound itself tells the time.
    private static final class Clock {
        private long millis;

        long read(TwilioMessage.Media media) {
            long now = millis;
            if (media.timestampMillis() != TwilioMessage.Media.NO_TIMESTAMP) {
                now = media.timestampMillis();
            }
            millis = now + Base64Text.millis(media.text(), media.from(), media.to());
            return now;
        }
    }

    MediaStream(WebSocketConnection connection, MediaStreams shared) {
        this.connection = connection;
        this.shared = shared;
        this.startDeadline =
                loop.after(
                        shared.startWithin(),
                        () -> refuse(Refusal.NO_START, Optional.empty(), "no start"));
    }

    void onText(String text) {
        if (!closing) {
            loop.guarded(() -> on(codec.decode(text)));
        }
    }

    void onBinary() {
        if (!closing) {
            breakOff(Refusal.MALFORMED, 1003, "binary message");
        }
    }

    void onError() {
        if (!closing) {
            // What the WebSocket layer throws at us: frames or messages beyond the bounds, no
            // UTF-8.
            breakOff(Refusal.MALFORMED, 1009, "frame or message too large or broken");
        }
    }

    /// The socket is gone, whoever closed it.
    void onClosed() {
        closing = true;
        startDeadline.cancel();
        live.ifPresent(call -> loop.guarded(call.session()::onCallerGone));
    }

    /// The process is leaving.
    void handOver() {
        loop.execute(() -> {
            if (live.isPresent()) {
                live.get().session().handOver();
            } else {
                close(1001, EndReason.HANDED_OVER.word());
            }
        });
    }

    private void on(TwilioMessage message) {
        switch (message) {
            case TwilioMessage.Media media -> onMedia(media);
            case TwilioMessage.Mark mark ->
                    inCall(mark.streamSid(), call -> call.session().onMark(mark.name()));
            case TwilioMessage.Dtmf dtmf ->
                    inCall(dtmf.streamSid(), call -> call.session().onDtmf(dtmf.digit()));
            case TwilioMessage.Stop stop -> onStop(stop);
            case TwilioMessage.Start start -> onStart(start);
            case TwilioMessage.Connected _ -> {}
            case TwilioMessage.Unknown unknown -> shared.events().unknownMessage(unknown.event());
            case TwilioMessage.Malformed malformed ->
                    breakOff(Refusal.MALFORMED, malformed.closeCode(), malformed.problem());
        }
    }

    private void onMedia(TwilioMessage.Media media) {
        if (live.isEmpty()) {
            tooEarly();
            return;
        }
        Live call = live.get();
        if (call.isForeign(media.streamSid())) {
            breakOff(Refusal.STREAM_FOREIGN, 1008, "another stream's media");
            return;
        }
        call.session()
                .onCallerAudio(media.text(), media.from(), media.to(), call.clock().read(media));
    }

    private void onStop(TwilioMessage.Stop stop) {
        if (live.isEmpty()) {
            close(1000, "stop before start");
            return;
        }
        inCall(stop.streamSid(), call -> call.session().onStop());
    }

    private void inCall(String streamSid, java.util.function.Consumer<Live> action) {
        if (live.isEmpty()) {
            tooEarly();
            return;
        }
        if (live.get().isForeign(streamSid)) {
            breakOff(Refusal.STREAM_FOREIGN, 1008, "another stream's message");
        } else {
            action.accept(live.get());
        }
    }

    /// Only `connected` comes before `start`: whose sound, mark or key this is nobody knows.
    private void tooEarly() {
        breakOff(Refusal.BEFORE_START, 1008, Refusal.BEFORE_START.word());
    }

    private void onStart(TwilioMessage.Start start) {
        if (live.isPresent()) {
            breakOff(Refusal.SECOND_START, 1008, "second start");
            return;
        }
        startDeadline.cancel();
        switch (shared.gate().decide(start)) {
            case StreamGate.Decision.Refused refused ->
                    refuse(refused.why(), Optional.of(start.callSid()), refused.why().word());
            case StreamGate.Decision.Admitted admitted -> begin(start, admitted.ticket());
        }
    }

    private void begin(TwilioMessage.Start start, StreamTicket ticket) {
        var callStart =
                new CallStart(
                        start.callSid(),
                        start.streamSid(),
                        parameter(start, StreamParameters.CALLER_NUMBER),
                        parameter(start, StreamParameters.CALLED_NUMBER),
                        ticket,
                        parameter(start, StreamParameters.ATTESTED).equals("true"),
                        loop.now());
        var leg = new TwilioCallerLeg(connection, start.streamSid(), this::onLegBroken);
        CallSession session = shared.opener().open(callStart, leg, loop);
        live = Optional.of(new Live(callStart, leg, session, new Clock()));
        session.begin();
    }

    private static String parameter(TwilioMessage.Start start, String name) {
        String value = start.parameters().getOrDefault(name, "");
        return value.length() > 100 ? value.substring(0, 100) : value;
    }

    /// A broken rule: in a call it ends the call, which then closes the socket; before one, the socket is closed.
    private void breakOff(Refusal why, int closeCode, String word) {
        Optional<CallSid> callSid = live.map(call -> call.start().callSid());
        if (live.isPresent() && !live.get().leg().isClosed()) {
            closing = true;
            shared.refusals().refused(why, callSid);
            // The call has its books to close before it closes the socket; the peer is told what
            // was wrong all the same.
            live.get().leg().closeWith(closeCode, word);
            loop.guarded(() -> live.get().session().end(EndReason.PROTOCOL_ERROR));
            return;
        }
        refuse(why, callSid, closeCode, word);
    }

    private void refuse(Refusal why, Optional<CallSid> callSid, String word) {
        refuse(why, callSid, 1008, word);
    }

    private void refuse(Refusal why, Optional<CallSid> callSid, int closeCode, String word) {
        shared.refusals().refused(why, callSid);
        close(closeCode, word);
    }

    private void close(int code, String word) {
        closing = true;
        startDeadline.cancel();
        Sockets.close(connection, new CloseReason(code, word));
    }

    private void onLegBroken() {
        live.ifPresent(call -> {
            shared.refusals().refused(Refusal.TOO_SLOW, Optional.of(call.start().callSid()));
            call.leg().close(1008, Refusal.TOO_SLOW.word());
            closing = true;
            call.session().onCallerGone();
        });
    }

    private void onBug(RuntimeException bug) {
        if (live.isPresent()) {
            live.get().session().fail(bug);
        } else {
            close(1011, "bug");
            throw bug;
        }
    }
}
