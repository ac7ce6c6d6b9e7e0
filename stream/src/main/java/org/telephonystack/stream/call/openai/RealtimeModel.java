package org.telephonystack.stream.call.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.vertx.core.Vertx;
import io.vertx.core.http.ClientWebSocket;

import org.telephonystack.stream.call.ModelBrief;
import org.telephonystack.stream.call.ModelEvent;
import org.telephonystack.stream.call.ModelEvent.Trouble;
import org.telephonystack.stream.call.VoiceModel;
import org.telephonystack.stream.call.VoiceModelEvents;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// One connection to the Realtime API, on one event loop.
///
/// ```text
///                      ┌─session.created, stable brief─▶ WARMING ─session.updated, formats right─▶ WARM ─call's brief─▶ BRIEFED ┐
/// CONNECTING ─socket─▶ OPEN ─session.created, brief─▶ CONFIGURING ─session.updated, formats right─────────────────────────────▶ READY
///      └──────────────┴── refused, lost, too slow, silent to a ping, close() ─────────────────────────────────────────────────▶ CLOSED
/// ```
///
/// A warm connection has had its formats checked: a call's brief and its first orders go out at once, without waiting for
/// the answer to the brief. Should the brief be refused after all, the connection is lost like any other.
final class RealtimeModel implements VoiceModel, ModelSocket.Listener {

    /// Comes many times a second while a socket is slow.
    private static final ModelEvent FRAME_DROPPED = new ModelEvent.CallerAudioDropped(20);

    private static final int MAX_WAITING = 50;

    private static final String MU_LAW = "audio/pcmu";

    private static final VoiceModelEvents NOBODY =
            new VoiceModelEvents() {
                @Override
                public void onAudio(
                        String responseId, String itemId, String text, int from, int to) {}

                @Override
                public void on(ModelEvent event) {}
            };

    private enum State {
        CONNECTING,
        OPEN,
        WARMING,
        WARM,
        CONFIGURING,
        BRIEFED,
        READY,
        CLOSED
    }

    private final Vertx vertx;
    private final RealtimeSettings settings;
    private final RealtimeEncoder encoder;
    private final RealtimeDecoder decoder;
    private final AudioDeltaScanner scanner = new AudioDeltaScanner();
    private final List<String> waiting = new ArrayList<>();
    private final OpenOrders orders = new OpenOrders();

    private State state = State.CONNECTING;
    private VoiceModelEvents events = NOBODY;
    private ConnectionWatch watch = ConnectionWatch.NOBODY;
    private boolean sessionCreated;
    private long createdNanos = System.nanoTime();
    private Optional<ModelBrief> stableBrief = Optional.empty();
    private Optional<ModelBrief> brief = Optional.empty();
    private Optional<ModelSocket> socket = Optional.empty();
    private Optional<Long> readyDeadline = Optional.empty();

    RealtimeModel(Vertx vertx, RealtimeSettings settings, ObjectMapper json) {
        this.vertx = vertx;
        this.settings = settings;
        this.encoder = new RealtimeEncoder(json, settings);
        this.decoder = new RealtimeDecoder(json);
    }

    /// Whom this connection serves, from now on.
    void serve(VoiceModelEvents events) {
        this.events = events;
    }

    boolean isServing() {
        return events != NOBODY;
    }

    /// Configured with what is the same for every call, and ready for one.
    boolean isWarm() {
        return state == State.WARM;
    }

    void start(ClientWebSocket connection, ConnectionWatch watch) {
        this.watch = watch;
        var opened = new ModelSocket(vertx, connection, this);
        socket = Optional.of(opened);
        opened.connect(settings.endpoint().socket(settings.connectTimeout()));
    }

    /// Before any call is there: what every call begins with.
    void warmUp(ModelBrief stable) {
        stableBrief = Optional.of(stable);
        sendBrief();
    }

    @Override
    public void configure(ModelBrief brief) {
        this.brief = Optional.of(brief);
        sendBrief();
    }

    @Override
    public void takeTurns() {
        command(encoder.takeTurns());
    }

    @Override
    public void hear(String text, int from, int to) {
        if (state != State.READY || socket.isEmpty()) {
            return;
        }
        if (!socket.get().writeFrame(encoder.append(text, from, to))) {
            events.on(FRAME_DROPPED);
        }
    }

    @Override
    public void note(String text) {
        String command = encoder.note(text);
        orders.noted(encoder.lastNoteId());
        command(command);
    }

    @Override
    public void answerTool(String callId, Map<String, Object> fields) {
        String command = encoder.toolAnswer(callId, fields);
        orders.answered(encoder.lastCommandId("i"), callId);
        command(command);
    }

    @Override
    public void respond(Purpose purpose) {
        command(encoder.respond(purpose));
    }

    @Override
    public void cancel(String responseId) {
        command(encoder.cancel(responseId));
    }

    @Override
    public void truncate(String itemId, long heardMillis) {
        String command = encoder.truncate(itemId, heardMillis);
        orders.truncated(encoder.lastCommandId("t"), itemId);
        command(command);
    }

    @Override
    public String endpoint() {
        return settings.endpoint().name();
    }

    @Override
    public Duration longestSession() {
        Duration limit = settings.endpoint().longestSession();
        Duration left = limit.minusNanos(System.nanoTime() - createdNanos);
        return left.isNegative() ? Duration.ZERO : left;
    }

    @Override
    public void close() {
        if (state != State.CLOSED) {
            hangUp();
            watch.closed();
        }
    }

    private void hangUp() {
        state = State.CLOSED;
        readyDeadline.ifPresent(vertx::cancelTimer);
        socket.ifPresent(ModelSocket::close);
    }

    @Override
    public void onOpen() {
        state = State.OPEN;
        expectToBeReady();
        sendBrief();
    }

    /// One that serves a call is missed when it says nothing; of one that waits nobody else would know.
    @Override
    public Duration pingEvery() {
        return isServing() ? settings.pingEvery() : settings.warmPingEvery();
    }

    @Override
    public void onPong(Duration took) {
        watch.answered(took);
    }

    /// 429 is a limit of rate, or an empty purse: only the body tells.
    @Override
    public void onRefused(int status, String body) {
        String code = decoder.errorCode(body);
        if (RealtimeErrors.isFatal(code)) {
            lose(Trouble.LASTING, code);
        } else {
            lose(RealtimeErrors.ofStatus(status), "http_" + status);
        }
    }

    @Override
    public void onLost(Trouble trouble, String detail) {
        lose(trouble, detail);
    }

    /// Who took the handshake may still be nobody: a proxy without the model behind it, a process that hangs.
    private void expectToBeReady() {
        long within = settings.readyTimeout().toMillis();
        readyDeadline = Optional.of(vertx.setTimer(within, _ -> onReadyDeadline()));
    }

    private void onReadyDeadline() {
        switch (state) {
            case OPEN -> {
                if (sessionCreated) {
                    expectToBeReady(); // It waits for us.
                } else {
                    lose(Trouble.PASSING, "not_ready");
                }
            }
            case WARMING, CONFIGURING -> lose(Trouble.PASSING, "not_ready");
            case CONNECTING, WARM, BRIEFED, READY, CLOSED -> {}
        }
    }

    @Override
    public void onMessage(String message) {
        if (state == State.CLOSED) {
            return;
        }
        if (scanner.scan(message)) {
            events.onAudio(
                    scanner.responseId(),
                    scanner.itemId(),
                    message,
                    scanner.payloadFrom(),
                    scanner.payloadTo());
            return;
        }
        try {
            on(decoder.decode(message));
        } catch (JsonProcessingException e) {
            events.on(new ModelEvent.Complaint(Trouble.PASSING, "malformed_message"));
        }
    }

    private void on(RealtimeEvent event) {
        switch (event) {
            case RealtimeEvent.SessionCreated() -> {
                sessionCreated = true;
                createdNanos = System.nanoTime();
                sendBrief();
            }
            case RealtimeEvent.SessionUpdated(String input, String output) ->
                    onSessionUpdated(input.equals(MU_LAW) && output.equals(MU_LAW));
            case RealtimeEvent.Failure error -> onError(error);
            case RealtimeEvent.ForCall(ModelEvent forCall) -> onForCall(forCall);
            case RealtimeEvent.ItemAdded(String id) -> {
                if (orders.takesNote(id)) {
                    events.on(new ModelEvent.NoteTaken());
                }
            }
            case RealtimeEvent.ItemTruncated(String id) -> orders.takesTruncation(id);
            case RealtimeEvent.Audio(String response, String item, String payload) ->
                    events.onAudio(response, item, payload, 0, payload.length());
            case RealtimeEvent.Ignored() -> {}
        }
    }

    private void onForCall(ModelEvent event) {
        if (event instanceof ModelEvent.ResponseDone done
                && done.status() == ModelEvent.Status.FAILED_FOR_GOOD) {
            watch.refused("response_refused");
        }
        if (event instanceof ModelEvent.ToolAnswerTaken(String callId)) {
            orders.takesAnswer(callId);
        }
        events.on(event);
    }

    private void sendBrief() {
        if (state == State.WARM && brief.isPresent()) {
            write(hasTools() ? encoder.brief(brief.get()) : encoder.configure(brief.get()));
            state = State.BRIEFED;
            // Not from within the call's own step.
            vertx.runOnContext(_ -> becomeReady());
        } else if (state == State.OPEN && sessionCreated && brief.isPresent()) {
            state = State.CONFIGURING;
            write(encoder.configure(brief.get()));
        } else if (state == State.OPEN && sessionCreated && stableBrief.isPresent()) {
            state = State.WARMING;
            write(encoder.configure(stableBrief.get()));
        }
    }

    private boolean hasTools() {
        return stableBrief.map(ModelBrief::tools).equals(brief.map(ModelBrief::tools));
    }

    private void onSessionUpdated(boolean isMuLaw) {
        if (!isMuLaw) {
            lose(Trouble.LASTING, "format_not_taken");
            return;
        }
        switch (state) {
            case WARMING -> {
                state = State.WARM;
                watch.ready();
                sendBrief();
            }
            case CONFIGURING -> {
                watch.ready();
                becomeReady();
            }
            // An update that nobody asked for, or the answer to a brief that was not waited for.
            case CONNECTING, OPEN, WARM, BRIEFED, READY, CLOSED -> {}
        }
    }

    private void becomeReady() {
        if (state == State.CLOSED) {
            return;
        }
        state = State.READY;
        brief.ifPresent(taken -> taken.soFar().forEach(part -> write(encoder.replay(part))));
        List<String> held = List.copyOf(waiting);
        waiting.clear();
        events.on(new ModelEvent.Ready());
        held.forEach(this::command);
        watch.used();
    }

    private void onError(RealtimeEvent.Failure error) {
        String code = RealtimeErrors.word(error.code().isEmpty() ? error.type() : error.code());
        boolean refusesSession =
                error.commandId().startsWith("s")
                        || (state != State.READY && error.type().equals("invalid_request_error"));
        if (code.equals(RealtimeErrors.ALREADY_ACTIVE)) {
            events.on(new ModelEvent.ResponseRefused());
        } else if (code.equals(RealtimeErrors.SESSION_EXPIRED)) {
            lose(Trouble.PASSING, code);
        } else if (refusesSession) {
            // The whole update was rejected: this session still speaks 24 kHz PCM.
            lose(Trouble.LASTING, "refused_" + code);
        } else {
            orders.refused(error.commandId(), events::on)
                    .ifPresent(item -> truncateShorter(item, error));
            if (RealtimeErrors.ofCode(code) == Trouble.LASTING) {
                watch.refused(code);
            }
            events.on(new ModelEvent.Complaint(RealtimeErrors.ofCode(code), code));
        }
    }

    /// Our count of an item was longer than the server's. Left so, the model would believe that all of it was heard.
    private void truncateShorter(String item, RealtimeEvent.Failure error) {
        // Not remembered: a second refusal is not answered.
        RealtimeErrors.itemMillis(error.message())
                .ifPresent(millis -> command(encoder.truncate(item, millis)));
    }

    private void command(String command) {
        if (state == State.READY) {
            write(command);
        } else if (state != State.CLOSED && waiting.size() < MAX_WAITING) {
            waiting.add(command);
        }
    }

    /// Commands are few and must not be lost: they are written even to a full queue, never dropped.
    private void write(String command) {
        socket.ifPresent(open -> open.write(command));
    }

    private void lose(Trouble trouble, String detail) {
        if (state != State.CLOSED) {
            hangUp();
            watch.lost(trouble, detail);
            events.on(new ModelEvent.Lost(trouble, detail));
        }
    }
}
