package org.telephonystack.stream.call;

import org.telephonystack.model.CallSid;
import org.telephonystack.model.EndReason;
import org.telephonystack.model.StreamSid;
import org.telephonystack.model.ticket.StreamTicket;
import org.telephonystack.model.tool.ToolCall;
import org.telephonystack.model.tool.ToolResult;
import org.telephonystack.model.tool.Tools;
import org.telephonystack.stream.call.CallContext.Client;
import org.telephonystack.stream.call.CallContextLookup.Answer;
import org.telephonystack.stream.call.ModelEvent.Status;
import org.telephonystack.stream.call.ModelEvent.Trouble;
import org.telephonystack.stream.call.ModelEvent.Usage;
import org.telephonystack.stream.emergency.Emergencies;
import org.telephonystack.stream.truth.TruthGate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/// A call with both ends in the hands of the test: what the session does stands in `wire`, in order.
final class TestCall {

    static final CallContext JANE =
            new CallContext(
                    Optional.of(new Client("Jane", "Roe")), List.of(), List.of(), Optional.empty());

    /// 600 ms.
    static final String CLIP = audio(600);

    static final TruthGate TRUTH = new TruthGate();
    static final Emergencies EMERGENCIES = new Emergencies(Optional.empty());

    final List<String> wire = new ArrayList<>();
    final List<CallEvent> events = new ArrayList<>();
    final List<CallJournal.Turn> turns = new ArrayList<>();
    final List<CallJournal.ToolRequest> toolJournal = new ArrayList<>();
    final List<CallJournal.Incident> incidents = new ArrayList<>();
    final HandTime time = new HandTime();
    final CompletableFuture<Answer> lookup = new CompletableFuture<>();
    final Map<String, CompletableFuture<ToolResult>> toolAnswers = new HashMap<>();
    final List<ToolCall> toolCalls = new ArrayList<>();
    CompletableFuture<String> committed = CompletableFuture.completedFuture("");
    final CallSession session;

    boolean connectorIsBroken;
    boolean modelCannotBeClosed;

    /// Oldest first.
    final List<VoiceModelEvents> connections = new ArrayList<>();

    private long timestamp;

    TestCall() {
        this(CallSettings.DEFAULTS);
    }

    TestCall(CallSettings settings) {
        this(settings, StreamTicket.Kind.NEW);
    }

    TestCall(CallSettings settings, StreamTicket.Kind kind) {
        var start =
                new CallStart(
                        new CallSid("CA" + "0a".repeat(16)),
                        new StreamSid("MZ" + "0b".repeat(16)),
                        "+12025550123",
                        "+12025550100",
                        new StreamTicket(
                                kind,
                                kind == StreamTicket.Kind.NEW ? 1 : 2,
                                "0c".repeat(16),
                                HandTime.START),
                        time.now());
        var ports =
                new CallPorts(
                        new Caller(),
                        this::connect,
                        (_, context) ->
                                new ModelBrief(
                                        context.client().map(Client::firstName).orElse("there"),
                                        Tools.ALL,
                                        Optional.empty(),
                                        Optional.of("en"),
                                        context.soFar()),
                        new Lookup(),
                        this::callTool,
                        new Journal(),
                        (event, _) -> events.add(event),
                        (_, _) -> Optional.of(CLIP),
                        TRUTH,
                        EMERGENCIES,
                        time,
                        Runnable::run);
        session = new CallSession(start, ports, settings);
    }

    /// A call in which Jane has been greeted and may speak.
    static TestCall greeted() {
        return greeted(CallSettings.DEFAULTS);
    }

    static TestCall greeted(CallSettings settings) {
        var call = greeting(settings);
        call.heardEverything();
        call.done("greeting", Status.COMPLETED);
        call.wire.clear();
        return call;
    }

    /// A call whose greeting (1 s) has been sent and not yet heard.
    static TestCall greeting() {
        return greeting(CallSettings.DEFAULTS);
    }

    private static TestCall greeting(CallSettings settings) {
        var call = ready(settings);
        call.created("greeting");
        call.words("greeting", "item-greeting", "Hi Jane, how can I help?");
        call.speaks("greeting", "item-greeting", 1000);
        call.model(new ModelEvent.AssistantItemDone("greeting", "item-greeting"));
        return call;
    }

    static TestCall ready() {
        return ready(CallSettings.DEFAULTS);
    }

    private static TestCall ready(CallSettings settings) {
        var call = new TestCall(settings);
        call.session.begin();
        call.lookup.complete(new Answer.Found(JANE));
        call.model(new ModelEvent.Ready());
        return call;
    }

    static TestCall begun() {
        var call = new TestCall();
        call.session.begin();
        return call;
    }

    /// The answer of a tool that is being called.
    CompletableFuture<ToolResult> toolAnswer(String callId) {
        return Optional.ofNullable(toolAnswers.get(callId)).orElseThrow();
    }

    void model(ModelEvent event) {
        connections.getLast().on(event);
    }

    void lost(String detail) {
        model(new ModelEvent.Lost(Trouble.PASSING, detail));
    }

    /// No connection comes to be any more.
    void losesEveryModel(Trouble trouble, String detail) {
        while (!session.isOver()) {
            int known = connections.size();
            model(new ModelEvent.Lost(trouble, detail));
            while (connections.size() == known && !session.isOver()) {
                time.passMillis(50);
            }
        }
    }

    void created(String response) {
        model(new ModelEvent.ResponseCreated(response));
    }

    void done(String response, Status status) {
        model(new ModelEvent.ResponseDone(response, status, Usage.NONE));
    }

    void words(String response, String item, String words) {
        model(new ModelEvent.AssistantWords(response, item, words));
    }

    void speaks(String response, String item, int millis) {
        String payload = audio(millis);
        connections.getLast().onAudio(response, item, payload, 0, payload.length());
    }

    /// A whole answer of this length, up to `response.done`.
    void answers(String response, int millis) {
        answers(response, "Words of " + response, millis);
    }

    void answers(String response, String words, int millis) {
        created(response);
        words(response, "item-" + response, words);
        speaks(response, "item-" + response, millis);
        model(new ModelEvent.AssistantItemDone(response, "item-" + response));
        done(response, Status.COMPLETED);
    }

    /// With other arguments than any other call.
    void asksFor(String response, String callId, String tool) {
        asksFor(response, callId, tool, "time of " + callId);
    }

    void asksFor(String response, String callId, String tool, String time) {
        model(
                new ModelEvent.ToolRequested(
                        response, callId, tool, Optional.of(Map.of("time", time))));
    }

    void callerSpeaks() {
        model(new ModelEvent.CallerSpeechStarted());
    }

    void callerStops() {
        model(new ModelEvent.CallerSpeechStopped());
    }

    void callerAudio(String payload) {
        session.onCallerAudio(payload, 0, payload.length(), timestamp);
    }

    void callerAudioAt(String payload, long timestampMillis) {
        session.onCallerAudio(payload, 0, payload.length(), timestampMillis);
    }

    /// The model does not do what is due, and yet it lives.
    void passesWithSignsOfLife(long millis) {
        for (long left = millis; left > 0; left -= 500) {
            time.passMillis(Math.min(500, left));
            if (left > 500) {
                model(new ModelEvent.ToolAnswerTaken("nobody"));
            }
        }
    }

    /// The caller listens for so long: Twilio's clock goes on, marks come back in time.
    void passes(long millis) {
        time.passMillis(millis);
        timestamp += millis;
        callerAudio(audio(20));
        wire.removeIf(line -> line.startsWith("model hear"));
    }

    /// Every mark sent so far comes back.
    void heardEverything() {
        marks().forEach(session::onMark);
    }

    List<String> marks() {
        return List.copyOf(wire).stream()
                .filter(line -> line.startsWith("caller mark "))
                .map(line -> line.substring("caller mark ".length()))
                .toList();
    }

    List<String> wire(Predicate<String> of) {
        return wire.stream().filter(of).toList();
    }

    List<String> toModel() {
        return wire(line -> line.startsWith("model "));
    }

    List<String> toCaller() {
        return wire(line -> line.startsWith("caller "));
    }

    <T extends CallEvent> List<T> events(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    static String audio(int millis) {
        byte[] muLaw = new byte[millis * 8];
        java.util.Arrays.fill(muLaw, (byte) 0x7f);
        return Base64.getEncoder().encodeToString(muLaw);
    }

    private VoiceModel connect(VoiceModelEvents events, int failures, Optional<String> after) {
        if (connectorIsBroken) {
            throw new IllegalStateException("no connector");
        }
        connections.add(events);
        wire.add(failures == 0 ? "model connect" : "model connect again " + failures);
        return new Model(connections.size());
    }

    private CompletionStage<ToolResult> callTool(ToolCall call) {
        toolCalls.add(call);
        wire.add("tool " + call.action());
        return toolAnswers.computeIfAbsent(
                call.toolCallId().orElseThrow(), _ -> new CompletableFuture<>());
    }

    private final class Caller implements CallerLeg {
        @Override
        public void audio(String text, int from, int to) {
            wire.add("caller audio " + Base64Audio.bytes(text, from, to));
        }

        @Override
        public void mark(String name) {
            wire.add("caller mark " + name);
        }

        @Override
        public void clear() {
            wire.add("caller clear");
        }

        @Override
        public void close(EndReason reason) {
            wire.add("caller close " + reason);
        }
    }

    private final class Model implements VoiceModel {
        private final int number;

        Model(int number) {
            this.number = number;
        }

        @Override
        public void configure(ModelBrief brief) {
            wire.add("model configure " + brief.instructions());
            brief.soFar()
                    .forEach(part -> wire.add("model told " + part.speaker() + ": " + part.text()));
        }

        @Override
        public void takeTurns() {
            wire.add("model takeTurns");
        }

        @Override
        public void hear(String text, int from, int to) {
            wire.add("model hear " + text.substring(from, to));
        }

        @Override
        public void note(String text) {
            wire.add("model note " + text);
        }

        @Override
        public void answerTool(String callId, Map<String, Object> fields) {
            wire.add(
                    "model answerTool "
                            + callId
                            + " "
                            + new LinkedHashMap<>(fields).get("outcome"));
        }

        @Override
        public void respond(Purpose purpose) {
            wire.add("model respond " + purpose);
        }

        @Override
        public void cancel(String responseId) {
            wire.add("model cancel " + responseId);
        }

        @Override
        public void truncate(String itemId, long heardMillis) {
            wire.add("model truncate " + itemId + " " + heardMillis);
        }

        @Override
        public String endpoint() {
            return "fake" + number;
        }

        @Override
        public Duration longestSession() {
            return Duration.ofMinutes(60);
        }

        @Override
        public void close() {
            if (modelCannotBeClosed) {
                throw new IllegalStateException("cannot be closed");
            }
            wire.add(number == 1 ? "model close" : "model close " + number);
        }
    }

    private final class Lookup implements CallContextLookup {
        @Override
        public CompletionStage<Answer> lookup(CallStart start) {
            wire.add("lookup");
            return lookup;
        }

        @Override
        public CallContext lastKnown() {
            return CallContext.NOTHING;
        }
    }

    private final class Journal implements CallJournal {
        @Override
        public void started(CallStart start) {
            wire.add("journal started");
        }

        @Override
        public void incident(Incident incident) {
            incidents.add(incident);
        }

        @Override
        public void tool(ToolRequest request) {
            toolJournal.add(request);
        }

        @Override
        public void turn(Turn turn) {
            turns.add(turn);
        }

        @Override
        public CompletionStage<?> ended(EndReason reason) {
            wire.add("journal ended " + reason);
            return committed;
        }
    }

    static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }
}
