package org.telephonystack.stream.call.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.ServerWebSocket;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.telephonystack.model.tool.Tools;
import org.telephonystack.simulator.model.ModelConnection;
import org.telephonystack.simulator.model.ModelEvent;
import org.telephonystack.simulator.model.ModelPace;
import org.telephonystack.simulator.model.ScriptedModel;
import org.telephonystack.simulator.script.ModelQuirk;
import org.telephonystack.simulator.script.ModelScript;
import org.telephonystack.simulator.script.ModelStep;
import org.telephonystack.simulator.vendor.VendorTypes;
import org.telephonystack.stream.call.ModelBrief;
import org.telephonystack.stream.call.ModelEvent.Trouble;
import org.telephonystack.stream.call.VoiceModel;
import org.telephonystack.stream.call.VoiceModel.Purpose;
import org.telephonystack.stream.call.VoiceModelEvents;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Against the simulated model, on real sockets, with one event loop.
class WarmSessionsTest {

    private static final Duration LONG_ENOUGH = Duration.ofSeconds(30);
    private static final Duration NEVER = Duration.ofHours(1);
    private static final String CALLER = "+14155550123";

    private static final String UPDATED =
            "{\"type\":\"session.updated\",\"session\":{\"audio\":{\"input\":{\"format\":{\"type\":\"audio/pcmu\"}},"
                    + "\"output\":{\"format\":{\"type\":\"audio/pcmu\"}}}}}";

    private static final ModelBrief STABLE = brief("You are the receptionist.");
    private static final ModelBrief OF_A_CALL = brief("You are the receptionist.\n\n" + CALLER);

    private final Vertx server = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final Context loop = vertx.getOrCreateContext();
    private final ScriptedModel model =
            ScriptedModel.start(server, "sk-test", ModelPace.quick(), 0);
    private final BlockingQueue<Object> events = new LinkedBlockingQueue<>();
    private final BlockingQueue<Boolean> wanted = new LinkedBlockingQueue<>();
    private final BlockingQueue<Duration> pings = new LinkedBlockingQueue<>();
    private final AtomicInteger warmed = new AtomicInteger();
    private Duration ready = Duration.ofSeconds(10);

    /// Vert.x 4.5 forgets to cancel the timeout of a handshake whose timer has the id 0.
    @BeforeEach
    void takeTheFirstTimer() {
        vertx.setTimer(1, _ -> {});
    }

    @AfterEach
    void closeEverything() {
        VendorTypes.assertAllOf(model);
        vertx.close().toCompletionStage().toCompletableFuture().join();
        model.close();
        server.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void aCallGetsAConnectionThatIsThereAndMayBeGreetedWithoutWaitingForTheModel()
            throws Exception {
        model.script(CALLER, ModelScript.greeting(ModelStep.say("Hello Maria!")));
        RealtimeConnector connector = connector(1, NEVER, Duration.ofSeconds(20));
        connector.warmUp();
        ModelConnection waiting = warm(1);
        int answered = waiting.sent("session.updated").size();

        VoiceModel taken = call(connector);
        onLoop(() -> taken.configure(OF_A_CALL));
        assertThat(event()).isEqualTo("Ready");
        onLoop(() -> taken.respond(Purpose.GREETING));

        assertThat(wanted.poll(5, TimeUnit.SECONDS)).isTrue();
        await().atMost(LONG_ENOUGH).until(() -> !waiting.received("response.create").isEmpty());
        assertThat(waiting.instructions()).isEqualTo(OF_A_CALL.instructions());
        // The tools went out before the call: they are most of a brief.
        List<ModelEvent> briefs = waiting.received("session.update");
        assertThat(briefs.getFirst().body().path("session").path("tools"))
                .hasSize(Tools.ALL.size());
        assertThat(briefs.getLast().body().path("session").has("tools")).isFalse();
        // One event after the other, as they were given: nobody waited for session.updated.
        assertThat(types(waiting.received()))
                .containsExactly("session.update", "session.update", "response.create");
        await().atMost(LONG_ENOUGH)
                .until(() -> waiting.sent("session.updated").size() == answered + 1);
        assertThat(waiting.sent("session.updated").getLast().body().path("session").path("tools"))
                .hasSize(Tools.ALL.size());
        await().atMost(LONG_ENOUGH).until(() -> events.contains("audio"));
        assertThat(model.violations()).isEmpty();
    }

    @Test
    void theOneThatWasTakenIsReplacedInTheBackground() throws Exception {
        RealtimeConnector connector = connector(1, NEVER, Duration.ofSeconds(20));
        connector.warmUp();
        warm(1);

        call(connector);
        warm(2);
        call(connector);

        assertThat(wanted).containsExactly(true, true);
        assertThat(model.connections()).hasSizeBetween(2, 3);
    }

    @Test
    void whereNoneIsWarmTheCallConnectsItself() throws Exception {
        RealtimeConnector connector = connector(0, NEVER, Duration.ofSeconds(20));
        connector.warmUp();

        VoiceModel cold = call(connector);
        onLoop(() -> cold.configure(OF_A_CALL));

        assertThat(event()).isEqualTo("Ready");
        assertThat(wanted).containsExactly(false);
        assertThat(model.connections()).hasSize(1);
    }

    @Test
    void afterAFailureACallConnectsItself() throws Exception {
        RealtimeConnector connector = connector(1, NEVER, Duration.ofSeconds(20));
        connector.warmUp();
        ModelConnection waiting = warm(1);

        VoiceModel again = call(connector, 1);
        onLoop(() -> again.configure(OF_A_CALL));

        assertThat(event()).isEqualTo("Ready");
        assertThat(waiting.instructions()).isEqualTo(STABLE.instructions());
    }

    @Test
    void oneThatWasLostIsNotHandedOutAndIsReplaced() throws Exception {
        RealtimeConnector connector = connector(1, NEVER, Duration.ofSeconds(20));
        connector.warmUp();
        warm(1);
        model.dropAll();

        warm(2);
        VoiceModel taken = call(connector);
        onLoop(() -> taken.configure(OF_A_CALL));

        assertThat(event()).isEqualTo("Ready");
        assertThat(model.connections().getFirst().instructions()).isEqualTo(STABLE.instructions());
    }

    /// The socket looks open, nobody is at its other end any more.
    @Test
    void oneThatAnswersNoPingIsReplaced() throws Exception {
        List<ServerWebSocket> sockets = new CopyOnWriteArrayList<>();
        HttpServer deaf =
                server.createHttpServer()
                        .requestHandler(request ->
                                request.toWebSocket()
                                        .onSuccess(socket -> {
                                            sockets.add(socket);
                                            answerOnce(socket, sockets.size() == 1);
                                        }));
        deaf.listen(0, "localhost").toCompletionStage().toCompletableFuture().join();
        RealtimeConnector connector =
                connector("http://localhost:" + deaf.actualPort(), 1, NEVER, Duration.ofSeconds(1));
        connector.warmUp();

        awaitWarm(2);
        VoiceModel taken = call(connector);
        onLoop(() -> taken.configure(OF_A_CALL));

        assertThat(event()).isEqualTo("Ready");
        assertThat(sockets).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void howLongAPingTakesIsTold() {
        connector(1, NEVER, Duration.ofMillis(50)).warmUp();

        await().atMost(LONG_ENOUGH).until(() -> pings.size() >= 2);

        assertThat(pings).allSatisfy(took -> assertThat(took).isPositive());
    }

    /// The first socket is taken and nothing ever comes through it: the loop must not wait for it for good.
    @Test
    void oneThatNeverBecomesReadyIsReplaced() throws Exception {
        ready = Duration.ofMillis(500);
        var sockets = new AtomicInteger();
        HttpServer mute =
                server.createHttpServer()
                        .requestHandler(request ->
                                request.toWebSocket()
                                        .onSuccess(socket -> {
                                            if (sockets.incrementAndGet() > 1) {
                                                answerOnce(socket, false);
                                            }
                                        }));
        mute.listen(0, "localhost").toCompletionStage().toCompletableFuture().join();
        RealtimeConnector connector =
                connector("http://localhost:" + mute.actualPort(), 1, NEVER, NEVER);
        connector.warmUp();

        awaitWarm(1);
        VoiceModel taken = call(connector);
        onLoop(() -> taken.configure(OF_A_CALL));

        assertThat(event()).isEqualTo("Ready");
        assertThat(wanted).containsExactly(true);
    }

    @Test
    void anOldOneIsReplacedBeforeItIsClosed() {
        RealtimeConnector connector = connector(1, Duration.ofMillis(500), Duration.ofSeconds(20));
        connector.warmUp();
        warm(3);

        await().atMost(LONG_ENOUGH)
                .until(() -> model.connections().getFirst().closeCode().isPresent());
        assertThat(model.connections().getFirst().closeCode().orElseThrow())
                .isEqualTo((short) 1000);
        long opened = model.connections().get(1).openedNanos();
        assertThat(opened).isGreaterThan(model.connections().getFirst().openedNanos());
    }

    /// The greeting is on its way by then; the call must learn of it all the same.
    @Test
    void aBriefThatIsRefusedAfterwardsLosesTheConnection() throws Exception {
        model.script(
                CALLER,
                ModelScript.greeting(ModelStep.say("Hello!"))
                        .with(ModelQuirk.REFUSE_SESSION_UPDATE));
        RealtimeConnector connector = connector(1, NEVER, Duration.ofSeconds(20));
        connector.warmUp();
        warm(1);

        VoiceModel taken = call(connector);
        onLoop(() -> taken.configure(OF_A_CALL));

        assertThat(event()).isEqualTo("Ready");
        assertThat(event()).isEqualTo("Lost " + Trouble.LASTING + " refused_invalid_value");
    }

    /// One more for a call; the rest of its life is shorter by the time it waited.
    @Test
    void whatIsLeftOfItsLifeIsWhatTheCallIsTold() throws Exception {
        RealtimeConnector connector = connector(1, NEVER, Duration.ofSeconds(20));
        connector.warmUp();
        warm(1);

        VoiceModel taken = call(connector);

        assertThat(taken.longestSession()).isLessThan(Duration.ofMinutes(60)).isPositive();
        assertThat(taken.endpoint()).isEqualTo("openai");
    }

    private static void answerOnce(ServerWebSocket socket, boolean thenGoDeaf) {
        socket.textMessageHandler(_ -> {
            socket.writeTextMessage(UPDATED);
            if (thenGoDeaf) {
                socket.pause();
            }
        });
        socket.writeTextMessage(ScriptedRealtimeServer.CREATED);
    }

    /// The newest of so many that became warm.
    private ModelConnection warm(int number) {
        awaitWarm(number);
        return model.connections().get(number - 1);
    }

    private void awaitWarm(int number) {
        await().atMost(LONG_ENOUGH).until(() -> warmed.get() >= number);
    }

    private VoiceModel call(RealtimeConnector connector) throws Exception {
        return call(connector, 0);
    }

    private VoiceModel call(RealtimeConnector connector, int failures) throws Exception {
        var taken = new CompletableFuture<VoiceModel>();
        loop.runOnContext(
                _ -> taken.complete(connector.connect(sink(), failures, Optional.empty())));
        return taken.get(10, TimeUnit.SECONDS);
    }

    private RealtimeConnector connector(int count, Duration age, Duration ping) {
        return connector(model.baseUrl(), count, age, ping);
    }

    private RealtimeConnector connector(String base, int count, Duration age, Duration ping) {
        var settings =
                RealtimeSettings.defaults(
                        RealtimeEndpoint.openAi(
                                "openai", URI.create(base), "sk-test", "gpt-realtime-2.1"),
                        Duration.ofSeconds(10),
                        ready,
                        Duration.ofSeconds(20),
                        ping);
        return new RealtimeConnector(
                vertx,
                new RealtimeConnector.Setup(
                        List.of(new RealtimeConnector.Guarded(settings, Circuit.ALWAYS_CLOSED)),
                        Duration.ofMinutes(5),
                        count,
                        age,
                        () -> STABLE),
                new EndpointEvents() {
                    @Override
                    public void connected(String endpoint, For what, boolean isReady) {
                        if (what == For.NEXT_CALL && isReady) {
                            warmed.incrementAndGet();
                        }
                    }

                    @Override
                    public void latched(String endpoint, String code, Duration length) {}

                    @Override
                    public void pinged(String endpoint, Duration took) {
                        assertThat(endpoint).isEqualTo("openai");
                        pings.add(took);
                    }

                    @Override
                    public void wanted(boolean isWarm) {
                        wanted.add(isWarm);
                    }
                });
    }

    private void onLoop(Runnable task) throws Exception {
        var done = new CompletableFuture<Void>();
        loop.runOnContext(_ -> {
            task.run();
            done.complete(null);
        });
        done.get(10, TimeUnit.SECONDS);
    }

    private Object event() throws InterruptedException {
        Object event = events.poll(30, TimeUnit.SECONDS);
        return event == null ? "nothing happened in 30 s" : event;
    }

    private VoiceModelEvents sink() {
        return new VoiceModelEvents() {
            @Override
            public void onAudio(String responseId, String itemId, String text, int from, int to) {
                events.add("audio");
            }

            @Override
            public void on(org.telephonystack.stream.call.ModelEvent event) {
                events.add(
                        switch (event) {
                            case org.telephonystack.stream.call.ModelEvent.Lost lost ->
                                    "Lost " + lost.trouble() + " " + lost.detail();
                            default -> event.getClass().getSimpleName();
                        });
            }
        };
    }

    private static List<String> types(List<ModelEvent> received) {
        return received.stream().map(ModelEvent::type).toList();
    }

    private static ModelBrief brief(String instructions) {
        return new ModelBrief(instructions, Tools.ALL, Optional.empty(), Optional.empty());
    }
}
