package org.telephonystack.stream.call.http;

import io.smallrye.faulttolerance.api.TypedGuard;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.ext.web.client.HttpResponse;
import io.vertx.mutiny.ext.web.client.WebClient;

import jakarta.enterprise.util.TypeLiteral;

import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.jspecify.annotations.Nullable;
import org.telephonystack.model.CallSid;
import org.telephonystack.model.call.InternalApi;
import org.telephonystack.model.tool.ToolCall;
import org.telephonystack.model.tool.ToolResult;

import java.net.URI;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;

/// Carries tool calls to action: `POST /voice-action`, bearer, JSON.
///
/// One attempt: whether a call that got no answer was carried out is not known, and the model may ask again with the same
/// id. A breaker keeps callers from waiting for an action that is away.
public final class HttpToolGateway {

    private static final int OK = 200;
    private static final int UNAUTHORISED = 401;

    private final WebClient client;
    private final String url;
    private final String secret;
    private final Duration deadline;
    private final TypedGuard<Uni<ToolResult>> breaker =
            TypedGuard.create(new TypeLiteral<Uni<ToolResult>>() {})
                    .withDescription("voice-action")
                    .withCircuitBreaker()
                    .requestVolumeThreshold(8)
                    .failureRatio(0.5)
                    .delay(5, ChronoUnit.SECONDS)
                    .done()
                    .build();

    /// @param action where action answers inside, without path
    /// @param secret the service secret to send with
    /// @param deadline from the call to the whole answer
    public HttpToolGateway(Vertx vertx, URI action, String secret, Duration deadline) {
        int connectMillis = (int) Math.min(1000, deadline.toMillis());
        this.client =
                WebClient.create(
                        vertx,
                        new WebClientOptions()
                                .setConnectTimeout(connectMillis)
                                .setMaxPoolSize(50)
                                .setMaxWaitQueueSize(200)
                                .setFollowRedirects(false)
                                .setUserAgent("telephony-stack-stream"));
        this.url = action.toString().replaceAll("/+$", "") + InternalApi.VOICE_ACTION;
        this.secret = secret;
        this.deadline = deadline;
    }

    /// @param traceparent of the tool's span, W3C
    /// @return fails with [ToolGatewayException] only
    public CompletionStage<ToolResult> call(ToolCall call, Optional<String> traceparent) {
        return breaker.get(() -> attempt(call, traceparent))
                .onFailure(CircuitBreakerOpenException.class)
                .transform(_ ->
                        new ToolGatewayException(
                                ToolGatewayException.Kind.BREAKER_OPEN,
                                "too many tool calls failed, next try within 5 s"))
                .subscribeAsCompletionStage();
    }

    /// Whoever finds no connection in time is not sent: its caller has been told meanwhile that nothing is known. One that
    /// says nothing is closed: hanging calls would keep them all.
    private Uni<ToolResult> attempt(ToolCall call, Optional<String> traceparent) {
        var request =
                client.postAbs(url)
                        .connectTimeout(deadline.dividedBy(4).toMillis())
                        .idleTimeout(deadline.toMillis())
                        .bearerTokenAuthentication(secret)
                        .putHeader("Content-Type", "application/json");
        traceparent.ifPresent(parent -> request.putHeader("traceparent", parent));
        return request.sendBuffer(Buffer.buffer(envelope(call).encode()))
                .ifNoItem()
                .after(deadline)
                .failWith(() ->
                        new ToolGatewayException(
                                ToolGatewayException.Kind.TIMEOUT,
                                "no answer within " + deadline.toMillis() + " ms"))
                .onFailure(TimeoutException.class)
                .transform(late ->
                        new ToolGatewayException(
                                ToolGatewayException.Kind.TIMEOUT, "no connection or no answer"))
                .map(HttpToolGateway::result)
                .onFailure(failure -> !(failure instanceof ToolGatewayException))
                .transform(failure ->
                        new ToolGatewayException(
                                ToolGatewayException.Kind.UNREACHABLE,
                                failure.getClass().getSimpleName()));
    }

    private static JsonObject envelope(ToolCall call) {
        var envelope =
                new JsonObject()
                        .put("action", call.action())
                        .put("params", new JsonObject(new HashMap<>(call.params())));
        call.callSid().map(CallSid::value).ifPresent(sid -> envelope.put("callSid", sid));
        call.toolCallId().ifPresent(id -> envelope.put("toolCallId", id));
        return envelope;
    }

    private static ToolResult result(HttpResponse<Buffer> response) {
        int status = response.statusCode();
        if (status == UNAUTHORISED) {
            throw new ToolGatewayException(
                    ToolGatewayException.Kind.UNAUTHORISED,
                    "action does not know our SERVICE_SECRET");
        }
        if (status != OK) {
            throw new ToolGatewayException(
                    ToolGatewayException.Kind.BAD_STATUS, "status " + status);
        }
        try {
            return read(response.bodyAsJsonObject());
        } catch (DecodeException | ClassCastException e) {
            throw new ToolGatewayException(ToolGatewayException.Kind.GARBAGE, "no JSON object");
        }
    }

    private static ToolResult read(@Nullable JsonObject body) {
        if (body != null && body.getValue("script") instanceof String script) {
            Map<String, Object> details = new HashMap<>(body.getMap());
            details.remove("script");
            Object outcome = details.remove("outcome");
            if ("success".equals(outcome)) {
                return ToolResult.success(script, details);
            }
            if ("error".equals(outcome)) {
                return ToolResult.error(script, details);
            }
        }
        throw new ToolGatewayException(
                ToolGatewayException.Kind.GARBAGE, "no outcome or no script");
    }
}
