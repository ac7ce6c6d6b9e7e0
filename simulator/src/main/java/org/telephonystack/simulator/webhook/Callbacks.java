package org.telephonystack.simulator.webhook;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;

/// Sends the notifications of one call or one message, with the faults that were asked for. Used from one context.
public final class Callbacks {

    /// A notification that was sent, and the answer: a status, or an error code of [TwilioError].
    public record Sent(CallbackFaults.Kind kind, Map<String, String> parameters, int answer) {}

    private final Vertx vertx;
    private final WebhookClient webhooks;
    private final CallbackFaults faults;
    private final Consumer<Sent> log;
    private final List<Future<?>> underWay = new ArrayList<>();
    private int count;

    public Callbacks(
            Vertx vertx, WebhookClient webhooks, CallbackFaults faults, Consumer<Sent> log) {
        this.vertx = vertx;
        this.webhooks = webhooks;
        this.faults = faults;
        this.log = log;
    }

    public void send(CallbackFaults.Kind kind, WebhookClient.Request request) {
        if (faults.dropped().contains(kind)) {
            return;
        }
        boolean hold = faults.held().contains(kind) && count++ % 2 == 0;
        var wait = hold ? faults.delay().plus(CallbackFaults.HOLD) : faults.delay();
        String token = UUID.randomUUID().toString();
        int copies = faults.doubled().contains(kind) ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            underWay.add(
                    after(wait.toMillis())
                            .compose(_ -> webhooks.send(request, token))
                            .onSuccess(reply ->
                                    log.accept(
                                            new Sent(
                                                    kind,
                                                    Map.copyOf(request.parameters()),
                                                    reply.code()))));
        }
    }

    /// When everything sent so far is answered.
    public Future<?> settled() {
        return Future.join(List.copyOf(underWay));
    }

    private Future<Void> after(long millis) {
        if (millis <= 0) {
            return Future.succeededFuture();
        }
        Promise<Void> promise = Promise.promise();
        vertx.setTimer(millis, _ -> promise.complete());
        return promise.future();
    }
}
