package org.telephonystack.simulator.model;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;

import org.telephonystack.simulator.script.ModelQuirk;
import org.telephonystack.simulator.script.ModelScript;
import org.telephonystack.simulator.script.ModelStep;
import org.telephonystack.simulator.script.Performance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/// A server that speaks OpenAI's Realtime API and plays scripts: strict with its clients, and able to fail as the real
/// one fails. What a connection plays is chosen by the caller's number, which the session's instructions name.
public final class ScriptedModel implements AutoCloseable {

    private static final int MAX_MESSAGE_BYTES = 20 * 1024 * 1024;

    private final Upgrades upgrades;
    private final HttpServer server;
    private final Actors actors = new Actors();
    private final AssistantVoice voice;
    private final Recognition recognition;
    private final List<ModelConnection> connections = new CopyOnWriteArrayList<>();

    private ScriptedModel(Vertx vertx, String apiKey, ModelPace pace) {
        this.voice = new AssistantVoice(Recordings.of("assistant"));
        this.recognition = new Recognition(Recordings.of("caller"));
        this.upgrades =
                new Upgrades(
                        apiKey,
                        (line, model) -> {
                            connections.add(line.connection());
                            return new RealtimeSession(vertx, actors, pace, line, model);
                        });
        this.server =
                vertx.createHttpServer(
                        new HttpServerOptions()
                                .setMaxWebSocketFrameSize(MAX_MESSAGE_BYTES)
                                .setMaxWebSocketMessageSize(MAX_MESSAGE_BYTES));
        server.requestHandler(upgrades);
    }

    /// Blocks until the server listens.
    ///
    /// @param apiKey the bearer key clients must show
    /// @param port 0 for a free one
    public static ScriptedModel start(Vertx vertx, String apiKey, ModelPace pace, int port) {
        var model = new ScriptedModel(vertx, apiKey, pace);
        model.server.listen(port, "localhost").toCompletionStage().toCompletableFuture().join();
        return model;
    }

    public int port() {
        return server.actualPort();
    }

    /// What `OPENAI_BASE_URL` is to be.
    public String baseUrl() {
        return "http://localhost:" + port() + "/v1";
    }

    /// Calls of this number play this script from now on; an earlier one's playing is forgotten.
    ///
    /// @param callerNumber E.164, as the instructions write it
    public void script(String callerNumber, ModelScript script) {
        actors.script(callerNumber, script);
    }

    /// For connections whose instructions name no scripted caller.
    public void defaultScript(ModelScript script) {
        actors.defaultScript = script;
    }

    /// Every further upgrade is answered with this status: 401, 403, 404, 429, 503.
    public void refuseUpgrades(int status) {
        upgrades.refuse(status);
    }

    public void acceptUpgrades() {
        upgrades.refuse(0);
    }

    /// Resets every open connection at once, as a dying provider does.
    public void dropAll() {
        upgrades.dropAll();
    }

    /// All there ever were, in the order they were opened.
    public List<ModelConnection> connections() {
        return List.copyOf(connections);
    }

    public List<ModelConnection> connectionsOf(String callerNumber) {
        return connections.stream()
                .filter(connection -> connection.caller().filter(callerNumber::equals).isPresent())
                .toList();
    }

    /// What clients did that no correct client does; a test of a call expects none.
    public List<String> violations() {
        var all = new ArrayList<>(upgrades.violations());
        connections.forEach(connection -> all.addAll(connection.violations()));
        return all;
    }

    /// The transcripts that somebody had analysed.
    public List<String> transcripts() {
        return upgrades.transcripts();
    }

    /// What the scripts wanted and did not get: fields no tool returned.
    public List<String> scriptProblems() {
        return actors.problems();
    }

    @Override
    public void close() {
        server.close().toCompletionStage().toCompletableFuture().join();
    }

    /// Who plays what.
    private final class Actors implements Stage {

        private final Map<String, ModelScript> scripts = new ConcurrentHashMap<>();
        private final Map<String, Performance> playing = new ConcurrentHashMap<>();
        private final List<Performance> performances = new CopyOnWriteArrayList<>();
        private final Set<String> away = ConcurrentHashMap.newKeySet();
        private volatile ModelScript defaultScript =
                ModelScript.greeting(ModelStep.say("Hello! How can I help you today?"));

        void script(String callerNumber, ModelScript script) {
            scripts.put(callerNumber, script);
            playing.remove(callerNumber);
            away.remove(callerNumber);
        }

        List<String> problems() {
            return performances.stream()
                    .flatMap(performance -> performance.problems().stream())
                    .toList();
        }

        private ModelScript scriptFor(Optional<String> caller) {
            return caller.map(scripts::get).orElse(defaultScript);
        }

        @Override
        public Optional<String> callerIn(String instructions) {
            return scripts.keySet().stream().filter(instructions::contains).findFirst();
        }

        @Override
        public Performance performanceFor(Optional<String> caller) {
            Supplier<Performance> fresh =
                    () -> {
                        var performance = new Performance(scriptFor(caller));
                        performances.add(performance);
                        return performance;
                    };
            return caller.map(number ->
                            playing.compute(
                                    number,
                                    (_, known) ->
                                            known != null && goesOn(known) ? known : fresh.get()))
                    .orElseGet(fresh);
        }

        private static boolean goesOn(Performance known) {
            if (known.script().has(ModelQuirk.GOES_ON)) {
                known.breakOff();
            }
            return known.isBroken();
        }

        @Override
        public boolean isAway(Optional<String> caller) {
            return caller.filter(away::contains).isPresent()
                    || scriptFor(caller).has(ModelQuirk.STAY_AWAY);
        }

        @Override
        public void stayAway(Optional<String> caller) {
            caller.ifPresent(away::add);
        }

        @Override
        public boolean refusesSessionUpdate(Optional<String> caller) {
            return scriptFor(caller).has(ModelQuirk.REFUSE_SESSION_UPDATE);
        }

        @Override
        public byte[] speak(String text) {
            return voice.say(text);
        }

        @Override
        public Optional<String> understand(byte[] audio) {
            return recognition.understand(audio);
        }
    }
}
