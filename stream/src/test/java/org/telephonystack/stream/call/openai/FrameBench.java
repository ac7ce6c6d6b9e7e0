package org.telephonystack.stream.call.openai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.telephonystack.model.CallSid;
import org.telephonystack.model.EndReason;
import org.telephonystack.model.StreamSid;
import org.telephonystack.model.ticket.StreamTicket;
import org.telephonystack.stream.call.CallContext;
import org.telephonystack.stream.call.CallContextLookup;
import org.telephonystack.stream.call.CallJournal;
import org.telephonystack.stream.call.CallPorts;
import org.telephonystack.stream.call.CallSession;
import org.telephonystack.stream.call.CallSettings;
import org.telephonystack.stream.call.CallStart;
import org.telephonystack.stream.call.CallTime;
import org.telephonystack.stream.call.CallerLeg;
import org.telephonystack.stream.call.ModelBrief;
import org.telephonystack.stream.call.ModelEvent;
import org.telephonystack.stream.call.VoiceModel;
import org.telephonystack.stream.call.VoiceModelEvents;
import org.telephonystack.stream.emergency.Emergencies;
import org.telephonystack.stream.truth.TruthGate;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/// What one frame costs: time, and bytes allocated (`gc.alloc.rate.norm`). A call brings 50 caller frames a second and about
/// as many deltas. No test of the build: the profile `bench` of this module runs it.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FrameBench {

    private static final String CALLER_FRAME = base64(160);
    private static final String DELTA =
            "{\"type\":\"response.output_audio.delta\",\"event_id\":\"event_C9G8pqbTEddBSIxbBN6Os\","
                    + "\"response_id\":\"resp_C9G8p7IH2WxLbkgPNouYL\",\"item_id\":\"item_C9G8mmBkLhQJwCon3hoJN\","
                    + "\"output_index\":0,\"content_index\":0,\"delta\":\""
                    + base64(1600)
                    + "\"}";

    private final ObjectMapper json = new ObjectMapper();
    private final AudioDeltaScanner scanner = new AudioDeltaScanner();
    private final RealtimeEncoder encoder =
            new RealtimeEncoder(
                    json, RealtimeSettings.defaults(URI.create("http://localhost"), "sk-test"));
    private final Legs legs = new Legs();
    private CallSession session = legs.session();
    private long timestamp;

    @Test
    void everyFrameIsMeasured() throws Exception {
        var options =
                new OptionsBuilder()
                        .include(FrameBench.class.getName())
                        .addProfiler(GCProfiler.class)
                        // Not those of the tests, which keep to the first compiler.
                        .jvmArgs("-Xmx256m", "-XX:+UseSerialGC")
                        .forks(1)
                        .warmupIterations(2)
                        .warmupTime(TimeValue.seconds(1))
                        .measurementIterations(3)
                        .measurementTime(TimeValue.seconds(1))
                        .build();
        new Runner(options).run();
    }

    @Setup
    public void aGreetedCall() {
        session = legs.session();
        session.begin();
        legs.model(new ModelEvent.Ready());
        legs.model(new ModelEvent.ResponseCreated("resp_C9G8p7IH2WxLbkgPNouYL"));
    }

    /// Finding the payload of 200 ms of the assistant's voice.
    @Benchmark
    public int scanDelta() {
        return scanner.scan(DELTA) ? scanner.payloadTo() : 0;
    }

    /// The same by a tree, to compare.
    @Benchmark
    public JsonNode parseDelta() throws Exception {
        return json.readTree(DELTA);
    }

    /// From the model's message to the orders for Twilio's socket, marks and ledger included; not the socket's own frame.
    @Benchmark
    public int deltaThroughTheCall() {
        if (scanner.scan(DELTA)) {
            legs.events()
                    .onAudio(
                            scanner.responseId(),
                            scanner.itemId(),
                            DELTA,
                            scanner.payloadFrom(),
                            scanner.payloadTo());
        }
        return legs.sent;
    }

    /// 20 ms of the caller's voice, to the frame for the model's socket.
    @Benchmark
    public String callerFrameThroughTheCall() {
        timestamp += 20;
        session.onCallerAudio(CALLER_FRAME, 0, CALLER_FRAME.length(), timestamp);
        return legs.lastFrame;
    }

    private static String base64(int bytes) {
        return Base64.getEncoder().encodeToString(new byte[bytes]);
    }

    /// Both ends of a call, without sockets. Marks come back at once.
    private final class Legs implements CallerLeg, CallJournal, CallTime, CallContextLookup {

        private Optional<VoiceModelEvents> events = Optional.empty();
        private Optional<CallSession> call = Optional.empty();
        private int sent;
        private String lastFrame = "";

        CallSession session() {
            var start =
                    new CallStart(
                            new CallSid("CA" + "0a".repeat(16)),
                            new StreamSid("MZ" + "0b".repeat(16)),
                            "+12025550123",
                            "+12025550100",
                            new StreamTicket(
                                    StreamTicket.Kind.NEW, 1, "0c".repeat(16), Instant.EPOCH),
                            Instant.EPOCH);
            var ports =
                    new CallPorts(
                            this,
                            (listener, _, _) -> {
                                events = Optional.of(listener);
                                return new Model();
                            },
                            (_, _) ->
                                    new ModelBrief(
                                            "", List.of(), Optional.empty(), Optional.empty()),
                            this,
                            _ -> new CompletableFuture<>(),
                            this,
                            (_, _) -> {},
                            (_, _) -> Optional.empty(),
                            new TruthGate(),
                            new Emergencies(Optional.empty()),
                            this,
                            Runnable::run);
            var session = new CallSession(start, ports, CallSettings.DEFAULTS);
            call = Optional.of(session);
            return session;
        }

        VoiceModelEvents events() {
            return events.orElseThrow();
        }

        void model(ModelEvent event) {
            events().on(event);
        }

        @Override
        public void audio(String text, int from, int to) {
            sent += to - from;
        }

        @Override
        public void mark(String name) {
            call.orElseThrow().onMark(name);
        }

        @Override
        public void clear() {}

        @Override
        public void close(EndReason reason) {}

        @Override
        public void started(CallStart start) {}

        @Override
        public void tool(ToolRequest request) {}

        @Override
        public void incident(Incident incident) {}

        @Override
        public void turn(Turn turn) {}

        @Override
        public CompletionStage<?> ended(EndReason reason) {
            return CompletableFuture.completedStage(reason);
        }

        @Override
        public Instant now() {
            return Instant.EPOCH;
        }

        @Override
        public Timer after(Duration delay, Runnable task) {
            return () -> {};
        }

        @Override
        public CompletionStage<Answer> lookup(CallStart start) {
            return CompletableFuture.completedStage(new Answer.Found(CallContext.NOTHING));
        }

        @Override
        public CallContext lastKnown() {
            return CallContext.NOTHING;
        }
    }

    private final class Model implements VoiceModel {
        @Override
        public void configure(ModelBrief brief) {}

        @Override
        public void takeTurns() {}

        @Override
        public void hear(String text, int from, int to) {
            legs.lastFrame = encoder.append(text, from, to);
        }

        @Override
        public void note(String text) {}

        @Override
        public void answerTool(String callId, Map<String, Object> fields) {}

        @Override
        public void respond(Purpose purpose) {}

        @Override
        public void cancel(String responseId) {}

        @Override
        public void truncate(String itemId, long heardMillis) {}

        @Override
        public String endpoint() {
            return "bench";
        }

        @Override
        public Duration longestSession() {
            return Duration.ofMinutes(60);
        }

        @Override
        public void close() {}
    }
}
