package org.telephonystack.stream.call.twilio;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.ServerWebSocket;

import org.jspecify.annotations.Nullable;
import org.telephonystack.model.EndReason;
import org.telephonystack.model.StreamSid;
import org.telephonystack.model.ticket.StreamTicket;
import org.telephonystack.model.tool.ToolResult;
import org.telephonystack.stream.call.CallContext;
import org.telephonystack.stream.call.CallContextLookup;
import org.telephonystack.stream.call.CallJournal;
import org.telephonystack.stream.call.CallPorts;
import org.telephonystack.stream.call.CallSession;
import org.telephonystack.stream.call.CallSettings;
import org.telephonystack.stream.call.CallStart;
import org.telephonystack.stream.call.CallTime;
import org.telephonystack.stream.call.CallerLeg;
import org.telephonystack.stream.call.VoiceModelConnector;
import org.telephonystack.stream.call.openai.RealtimeConnector;
import org.telephonystack.stream.call.openai.RealtimeSettings;
import org.telephonystack.stream.emergency.Emergencies;
import org.telephonystack.stream.prompt.ReceptionistBrief;
import org.telephonystack.stream.truth.TruthGate;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/// The service's own way of a frame (codec, session, ledger, marks, model connection) behind Vert.x's server WebSocket, for
/// [SocketBench]. Around it there is nothing: no database, no gate, no meters.
final class VertxRelay {

    private static final TruthGate TRUTH = new TruthGate();
    private static final Emergencies EMERGENCIES = new Emergencies(Optional.empty());

    private final Vertx vertx;
    private final VoiceModelConnector models;

    private VertxRelay(Vertx vertx, URI model) {
        this.vertx = vertx;
        this.models = RealtimeConnector.cold(vertx, RealtimeSettings.defaults(model, "sk-test"));
    }

    /// @param args port, base URL of the model
    public static void main(String... args) {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        var relay = new VertxRelay(vertx, URI.create(args[1]));
        vertx.createHttpServer()
                .requestHandler(request -> request.toWebSocket().onSuccess(relay::serve))
                .listen(Integer.parseInt(args[0]), "localhost");
    }

    private void serve(ServerWebSocket socket) {
        new Stream(socket);
    }

    private final class Stream {

        private final ServerWebSocket socket;
        private final TwilioCodec codec = new TwilioCodec();
        private @Nullable CallSession session;

        Stream(ServerWebSocket socket) {
            this.socket = socket;
            socket.textMessageHandler(text -> on(codec.decode(text)));
            socket.closeHandler(_ -> inCall(CallSession::onCallerGone));
        }

        private void on(TwilioMessage message) {
            switch (message) {
                case TwilioMessage.Media media ->
                        inCall(call ->
                                call.onCallerAudio(
                                        media.text(),
                                        media.from(),
                                        media.to(),
                                        media.timestampMillis()));
                case TwilioMessage.Mark mark -> inCall(call -> call.onMark(mark.name()));
                case TwilioMessage.Start start -> begin(start);
                case TwilioMessage.Stop _ -> inCall(CallSession::onStop);
                case TwilioMessage.Connected _,
                        TwilioMessage.Dtmf _,
                        TwilioMessage.Unknown _,
                        TwilioMessage.Malformed _ -> {}
            }
        }

        private void inCall(Consumer<CallSession> step) {
            CallSession call = session;
            if (call != null) {
                step.accept(call);
            }
        }

        private void begin(TwilioMessage.Start start) {
            var callStart =
                    new CallStart(
                            start.callSid(),
                            start.streamSid(),
                            "anonymous",
                            "",
                            new StreamTicket(
                                    StreamTicket.Kind.NEW, 1, "0c".repeat(16), Instant.now()),
                            Instant.now());
            Context context = vertx.getOrCreateContext();
            var ports =
                    new CallPorts(
                            new Leg(socket, start.streamSid()),
                            models,
                            new ReceptionistBrief(Clock.systemUTC()),
                            new NobodyKnown(),
                            _ -> CompletableFuture.completedStage(ToolResult.error("", Map.of())),
                            new NoJournal(),
                            (_, _) -> {},
                            (_, _) -> Optional.empty(),
                            TRUTH,
                            EMERGENCIES,
                            new LoopTime(),
                            task -> context.runOnContext(_ -> task.run()));
            var call = new CallSession(callStart, ports, CallSettings.DEFAULTS);
            session = call;
            call.begin();
        }
    }

    private record Leg(ServerWebSocket socket, StreamSid streamSid) implements CallerLeg {

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
            socket.close();
        }

        /// Bounded, as the service's leg is.
        private void send(String message) {
            if (!socket.isClosed() && !socket.writeQueueFull()) {
                socket.writeTextMessage(message);
            }
        }
    }

    private static final class NobodyKnown implements CallContextLookup {

        @Override
        public CompletionStage<Answer> lookup(CallStart start) {
            return CompletableFuture.completedStage(new Answer.Found(CallContext.NOTHING));
        }

        @Override
        public CallContext lastKnown() {
            return CallContext.NOTHING;
        }
    }

    private static final class NoJournal implements CallJournal {

        @Override
        public void started(CallStart start) {}

        @Override
        public void turn(Turn turn) {}

        @Override
        public void tool(ToolRequest request) {}

        @Override
        public void incident(Incident incident) {}

        @Override
        public CompletionStage<?> ended(EndReason reason) {
            return CompletableFuture.completedStage(reason);
        }
    }

    private final class LoopTime implements CallTime {

        @Override
        public Instant now() {
            return Instant.now();
        }

        @Override
        public Timer after(Duration delay, Runnable task) {
            long id = vertx.setTimer(Math.max(1, delay.toMillis()), _ -> task.run());
            return () -> vertx.cancelTimer(id);
        }
    }
}
