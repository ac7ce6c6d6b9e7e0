package org.telephonystack.simulator.phone;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;

import org.telephonystack.simulator.webhook.WebhookClient;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// A Twilio with one account and one number of ours, which anybody can dial.
///
/// ```java
/// var network = new TelephoneNetwork(vertx, NetworkSettings.of(accountSid, token, "+18005550123", voiceUrl)
///         .statusCallback(actionUrl));
/// PhoneCall call = network.dial(CallerPlan.from("+14155550199"));
/// var caller = new SimulatedCaller(call);
/// caller.waitForAssistantToFinish(Duration.ofMillis(700)).join();
/// caller.say(Clips.caller().get("book")).join();
/// CallRecord record = call.hangUp().join();
/// ```
public final class TelephoneNetwork implements AutoCloseable {

    private static final int LOOPS = 4;
    private static final int LARGEST_MESSAGE = 8 << 20;

    private final Vertx vertx;
    private final NetworkSettings settings;
    private final WebhookClient webhooks;
    private final WebSocketClient sockets;
    private final List<Context> contexts;
    private final AtomicInteger turn = new AtomicInteger();
    private final Map<String, PhoneCall> calls = new ConcurrentHashMap<>();

    /// Waits until it is ready: not to be called on an event loop.
    public TelephoneNetwork(Vertx vertx, NetworkSettings settings) {
        this.vertx = vertx;
        this.settings = settings;
        this.webhooks = new WebhookClient(vertx, settings.authToken(), settings.routes());
        this.sockets =
                vertx.createWebSocketClient(
                        new WebSocketClientOptions()
                                .setMaxConnections(10_000)
                                .setMaxFrameSize(LARGEST_MESSAGE)
                                .setMaxMessageSize(LARGEST_MESSAGE));
        this.contexts = Stream.generate(() -> newContext(vertx)).limit(LOOPS).toList();
    }

    /// Somebody dials our number. Returns at once.
    public PhoneCall dial(CallerPlan plan) {
        Context context = contexts.get(Math.floorMod(turn.getAndIncrement(), contexts.size()));
        var live = new LiveCall(vertx, settings, plan, webhooks, sockets);
        var call = new PhoneCall(live, context);
        calls.put(call.callSid(), call);
        context.runOnContext(_ -> live.start());
        return call;
    }

    /// Calls stay known after their end, as they do at Twilio.
    public Optional<PhoneCall> call(String callSid) {
        return Optional.ofNullable(calls.get(callSid));
    }

    public NetworkSettings settings() {
        return settings;
    }

    /// The account's primary token changes, as after a promotion: requests are signed with it from now on.
    public void rotateTokenTo(String newAuthToken) {
        webhooks.rotateTo(newAuthToken);
    }

    /// Signs with this account's token and follows its routes; for requests that belong to no call.
    public WebhookClient webhooks() {
        return webhooks;
    }

    /// Hangs up every call and closes the sockets; the Vert.x stays.
    @Override
    public void close() {
        for (PhoneCall call : calls.values()) {
            var _ = call.hangUp();
        }
        sockets.close();
        webhooks.close();
    }

    /// An event loop of its own: only a verticle gets one by public API.
    private static Context newContext(Vertx vertx) {
        var started = new CopyOnWriteArrayList<Context>();
        vertx.deployVerticle(
                        new AbstractVerticle() {
                            @Override
                            public void start() {
                                started.add(context);
                            }
                        })
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        return started.getFirst();
    }
}
