package org.telephonystack.action.reaper.http;

import io.netty.channel.ConnectTimeoutException;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.ext.web.client.HttpResponse;
import io.vertx.mutiny.ext.web.client.WebClient;

import org.telephonystack.action.reaper.InstanceProbe;
import org.telephonystack.action.reaper.SilentInstance;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
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
    public CompletionStage<Answer> ask(SilentInstance instance) {
        return client.getAbs(instance.address() + PATH)
                .timeout(limit.toMillis())
                .send()
                .ifNoItem()
                .after(limit)
                .fail()
                .map(response -> answer(response, instance))
                .onFailure()
                .recoverWithItem(HttpInstanceProbe::answer)
                .subscribeAsCompletionStage();
    }

    /// The host says that nobody listens, or the network that there is no such host: the pod's address went with it. Anything
    /// else may be a process that is busy.
    static Answer answer(Throwable failure) {
        return switch (failure) {
            // Netty's is a ConnectException too, and says nothing of the kind.
            case ConnectTimeoutException _ -> Answer.UNANSWERED;
            case ConnectException _, NoRouteToHostException _ -> Answer.GONE;
            default -> Answer.UNANSWERED;
        };
    }

    /// A busy process may answer with an error of its own, and still be the one.
    private static Answer answer(HttpResponse<Buffer> response, SilentInstance instance) {
        String body = String.valueOf(response.bodyAsString());
        if (body.contains(instance.id().toString())) {
            return Answer.LIVES;
        }
        return response.statusCode() < 500 ? Answer.GONE : Answer.UNANSWERED;
    }
}
