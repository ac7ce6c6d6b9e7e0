package org.telephonystack.simulator.world;

import io.vertx.core.Vertx;

import org.telephonystack.simulator.model.ScriptedModel;
import org.telephonystack.simulator.phone.CallRecord;
import org.telephonystack.simulator.phone.CallerPlan;
import org.telephonystack.simulator.phone.NetworkSettings;
import org.telephonystack.simulator.phone.PhoneCall;
import org.telephonystack.simulator.phone.SimulatedCaller;
import org.telephonystack.simulator.phone.TelephoneNetwork;
import org.telephonystack.simulator.rest.RestSettings;
import org.telephonystack.simulator.rest.TwilioRest;
import org.telephonystack.simulator.script.CallerStep;
import org.telephonystack.simulator.script.ScriptedCaller;
import org.telephonystack.simulator.stack.EmbeddedDatabase;
import org.telephonystack.simulator.stack.Service;
import org.telephonystack.simulator.stack.Stack;
import org.telephonystack.simulator.trace.TraceReceiver;
import org.telephonystack.simulator.webhook.Routes;

import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/// Everything a call needs, on this machine: PostgreSQL, the packaged services as processes, and in place of Twilio, OpenAI
/// and Jaeger the simulators. Used by the demo and by the end-to-end tests alike.
public final class World implements AutoCloseable {

    /// The business's number.
    public static final String NUMBER = "+18005550123";

    /// What the world outside calls us: signatures are made and checked over real public addresses.
    private static final String PUBLIC = "https://voice.example.com";

    private static final String FRONTDOOR = PUBLIC + "/voice-frontdoor";
    private static final String ACTION = PUBLIC + "/voice-action";
    private static final Duration LONGEST_CALL = Duration.ofMinutes(2);
    private static final String MODEL_KEY = "sk-simulated";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Vertx vertx = Vertx.vertx();
    private final WorldSettings settings;
    private final String accountSid = "AC" + hex();
    private final String authToken = hex();
    private final EmbeddedDatabase database;
    private final ScriptedModel model;
    private final TraceReceiver traces;
    private final TwilioRest twilio;
    private final Stack stack;
    private final TelephoneNetwork network;
    private final Routes routes = Routes.of(Map.of());

    private World(WorldSettings settings) {
        this.settings = settings;
        settings.progress().accept("starting PostgreSQL and the simulators");
        CompletableFuture<EmbeddedDatabase> postgres =
                CompletableFuture.supplyAsync(EmbeddedDatabase::temporary);
        this.model = ScriptedModel.start(vertx, MODEL_KEY, settings.pace(), 0);
        this.traces = TraceReceiver.start(vertx, 0);
        this.network = new TelephoneNetwork(vertx, networkSettings().routes(routes));
        this.twilio =
                TwilioRest.start(
                        vertx, network, RestSettings.onAnyPort().smsUrl(ACTION + "#rc=3&rp=all"));
        this.database = postgres.join();
        settings.progress().accept("starting the three services");
        this.stack = startStack();
        for (Service service : Service.values()) {
            route(service);
        }
    }

    /// Blocks until the first call can come.
    public static World start(WorldSettings settings) {
        return new World(settings);
    }

    private Stack startStack() {
        var builder =
                Stack.builder()
                        .database(database)
                        .model(URI.create(model.baseUrl()))
                        .twilioApi(URI.create(twilio.baseUrl()))
                        .traces(URI.create(traces.endpoint()))
                        .environment("PUBLIC_BASE_URL", PUBLIC)
                        .environment("OPENAI_API_KEY", MODEL_KEY)
                        .environment("TWILIO_ACCOUNT_SID", accountSid)
                        .environment("TWILIO_AUTH_TOKEN", authToken)
                        .environment("TWILIO_PHONE_NUMBER", NUMBER)
                        .afterMigration(this::applyBusiness);
        settings.stack().accept(builder);
        return builder.start();
    }

    private void applyBusiness(Stack started) {
        settings.business()
                .map(Path::toString)
                .ifPresent(file -> started.run("business", "apply", file));
        settings.clients()
                .map(Path::toString)
                .ifPresent(file -> started.run("clients", "import", file));
    }

    private NetworkSettings networkSettings() {
        return settings.network()
                .apply(
                        NetworkSettings.of(accountSid, authToken, NUMBER, FRONTDOOR)
                                .statusCallback(ACTION + "#rc=3&rp=all")
                                .fallbackUrl(FRONTDOOR + "/fallback"));
    }

    private void route(Service service) {
        var process =
                stack.processes().stream()
                        .filter(it -> it.service() == service)
                        .findFirst()
                        .orElseThrow();
        route(service, process.url());
    }

    private void route(Service service, URI to) {
        String local = to.toString();
        for (String alias : List.of("", "/functions/v1")) {
            String path = alias + "/voice-" + service.word();
            routes.lead(PUBLIC + path, local + path);
            routes.lead(PUBLIC.replace("https", "wss") + path, local.replace("http", "ws") + path);
        }
    }

    /// Media streams that are opened from now on go there: to a balancer in front of several processes.
    public void routeStreamsTo(URI address) {
        route(Service.STREAM, address);
    }

    public PhoneCall dial(CallerPlan plan) {
        return network.dial(plan);
    }

    /// Dials and does what the steps say; the caller hangs up when the steps are done.
    ///
    /// @return when the call is over and every notification about it was answered
    public CompletableFuture<CallRecord> play(CallerPlan plan, List<CallerStep> steps) {
        return play(dial(plan), steps);
    }

    public CompletableFuture<CallRecord> play(PhoneCall call, List<CallerStep> steps) {
        return ScriptedCaller.play(new SimulatedCaller(call), steps, LONGEST_CALL);
    }

    public EmbeddedDatabase database() {
        return database;
    }

    public ScriptedModel model() {
        return model;
    }

    public TraceReceiver traces() {
        return traces;
    }

    public TwilioRest twilio() {
        return twilio;
    }

    public Stack stack() {
        return stack;
    }

    public TelephoneNetwork network() {
        return network;
    }

    /// The youngest first, so that services go before their database.
    @Override
    public void close() {
        network.close();
        stack.close();
        twilio.close();
        traces.close();
        model.close();
        database.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static String hex() {
        byte[] bits = new byte[16];
        RANDOM.nextBytes(bits);
        return HexFormat.of().formatHex(bits);
    }
}
