package org.telephonystack.action.reaper.http;

import io.vertx.mutiny.ext.web.client.WebClient;

import org.telephonystack.action.reaper.InstanceProbe;
import org.telephonystack.action.reaper.SilentInstance;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/// Asks the liveness of a process, which names the process.
public final class HttpInstanceProbe implements InstanceProbe {

    private static final String PATH = "/q/health/live";

    private final WebClient client;
    private final Duration limit;

    /// @param limit a process that takes longer is no help to a caller
    public HttpInstanceProbe(WebClient client, Duration limit) {
        this.client = client;
        this.limit = limit;
    }

    @Override
    public CompletionStage<Boolean> lives(SilentInstance instance) {
        return client.getAbs(instance.address() + PATH)
                .timeout(limit.toMillis())
                .send()
                .ifNoItem()
                .after(limit)
                .fail()
                .map(response -> names(response.bodyAsString(), instance))
                .onFailure()
                .recoverWithItem(false)
                .subscribeAsCompletionStage();
    }

    private static boolean names(String body, SilentInstance instance) {
        return String.valueOf(body).contains(instance.id().toString());
    }
}
