package org.telephonystack.stream.call.openai;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;

import org.telephonystack.stream.call.ModelBrief;
import org.telephonystack.stream.call.VoiceModel;
import org.telephonystack.stream.call.VoiceModelConnector;
import org.telephonystack.stream.call.VoiceModelEvents;
import org.telephonystack.stream.call.openai.Endpoints.Chosen;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Connects calls to the Realtime API. One for the process; [#connect] is called on the call's event loop, and the connection
/// then lives on that loop.
public final class RealtimeConnector implements VoiceModelConnector {

    /// `session.updated` and `response.done` repeat all instructions, tools and items; the API names no limit.
    private static final int MAX_FRAME_BYTES = 1 << 20;

    private static final int MAX_MESSAGE_BYTES = 4 << 20;
    private static final int CLOSING_SECONDS = 2;

    /// One endpoint and its circuit breaker.
    public record Guarded(RealtimeSettings settings, Circuit circuit) {}

    /// @param inOrder the first is used as long as it is well; not empty
    /// @param latch how long an endpoint with a bad key or no quota is left alone
    /// @param warm connections kept ready for each event loop; 0: none
    /// @param warmAge after which one of them is replaced
    /// @param stableBrief what every call begins with, as far as it is known
    public record Setup(
            List<Guarded> inOrder,
            Duration latch,
            int warm,
            Duration warmAge,
            Supplier<ModelBrief> stableBrief) {

        public Setup {
            inOrder = List.copyOf(inOrder);
        }
    }

    private final Vertx vertx;
    private final EndpointEvents events;
    private final Endpoints endpoints;
    private final WarmSessions warm;
    private final WebSocketClient client;
    private final ObjectMapper json = new ObjectMapper();

    public RealtimeConnector(Vertx vertx, Setup setup, EndpointEvents events) {
        this.vertx = vertx;
        this.events = events;
        this.endpoints =
                new Endpoints(
                        setup.inOrder().stream()
                                .map(one ->
                                        new Endpoint(
                                                one.settings(),
                                                one.circuit(),
                                                setup.latch(),
                                                events,
                                                System::nanoTime))
                                .toList());
        this.warm =
                new WarmSessions(
                        vertx,
                        new WarmSessions.Settings(setup.warm(), setup.warmAge()),
                        setup.stableBrief(),
                        this::openForNextCall);
        Duration connectTimeout = setup.inOrder().getFirst().settings().connectTimeout();
        this.client =
                vertx.createWebSocketClient(
                        new WebSocketClientOptions()
                                .setConnectTimeout((int) connectTimeout.toMillis())
                                .setMaxFrameSize(MAX_FRAME_BYTES)
                                .setMaxMessageSize(MAX_MESSAGE_BYTES)
                                // Bounded by the calls this process lets in, not here; the usual
                                // bound is 50, and -1 lets
                                // none through.
                                .setMaxConnections(100_000)
                                // A peer that is dead does not answer our close either.
                                .setClosingTimeout(CLOSING_SECONDS)
                                .setTcpNoDelay(true));
    }

    /// One endpoint, every connection cold.
    public static RealtimeConnector cold(Vertx vertx, RealtimeSettings settings) {
        var setup =
                new Setup(
                        List.of(new Guarded(settings, Circuit.ALWAYS_CLOSED)),
                        Duration.ZERO,
                        0,
                        Duration.ZERO,
                        () -> new ModelBrief("", List.of(), Optional.empty(), Optional.empty()));
        return new RealtimeConnector(vertx, setup, EndpointEvents.NONE);
    }

    /// Begins to keep connections warm, on every event loop.
    public void warmUp() {
        warm.start();
    }

    @Override
    public VoiceModel connect(VoiceModelEvents call, int failures, Optional<String> after) {
        Optional<RealtimeModel> ready = failures == 0 ? takeWarm() : Optional.empty();
        if (failures == 0) {
            events.wanted(ready.isPresent());
        }
        RealtimeModel model = ready.orElseGet(() -> open(endpoints.choose(failures, after)));
        model.serve(call);
        return model;
    }

    /// Gives every connection up; for the end of the process.
    public void close() {
        warm.close();
        client.close();
    }

    /// Not one whose endpoint has refused us since.
    private Optional<RealtimeModel> takeWarm() {
        Optional<RealtimeModel> model = warm.take();
        while (model.isPresent() && endpoints.isLatched(model.get().endpoint())) {
            model.get().close();
            model = warm.take();
        }
        return model;
    }

    private RealtimeModel open(Chosen chosen) {
        var model = new RealtimeModel(vertx, chosen.endpoint().settings(), json);
        model.start(client.webSocket(), chosen.watch());
        return model;
    }

    private Optional<RealtimeModel> openForNextCall(
            ModelBrief stable, WarmSessions.Waiting waiting) {
        return endpoints
                .chooseForNextCall()
                .map(chosen -> {
                    var model = new RealtimeModel(vertx, chosen.endpoint().settings(), json);
                    model.start(
                            client.webSocket(), WarmSessions.watch(chosen.watch(), waiting, model));
                    model.warmUp(stable);
                    return model;
                });
    }
}
