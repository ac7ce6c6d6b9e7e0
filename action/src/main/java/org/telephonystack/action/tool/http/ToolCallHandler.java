package org.telephonystack.action.tool.http;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import io.smallrye.mutiny.Uni;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.telephonystack.action.security.ServiceSecret;
import org.telephonystack.action.tool.ToolDispatcher;
import org.telephonystack.model.tool.ToolCall;
import org.telephonystack.model.tool.ToolResult;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

/// The JSON half of `/voice-action`: a tool call of the model, or the caller is told that it has no business here.
///
/// Whoever knows the secret always gets a sentence to say: 200 for every tool call, good or not; 400 for what is no JSON and
/// 413 for what is too long to be one, with the same fields.
public final class ToolCallHandler {

    private static final int LONGEST_BODY = 64 * 1024;

    private final ServiceSecret secret;
    private final ToolDispatcher dispatcher;
    private final ToolTelemetry telemetry;
    private final ToolSpan spans;
    private final Duration limit;

    /// @param limit after which the model hears that it did not work
    public ToolCallHandler(
            ServiceSecret secret,
            ToolDispatcher dispatcher,
            ToolTelemetry telemetry,
            OpenTelemetry openTelemetry,
            double sampleRatio,
            Duration limit) {
        this.secret = secret;
        this.dispatcher = dispatcher;
        this.telemetry = telemetry;
        this.spans = new ToolSpan(openTelemetry, sampleRatio);
        this.limit = limit;
    }

    /// Nothing is parsed before the secret was right.
    ///
    /// @param authorization every `Authorization` header
    /// @param traceparent every `traceparent` header (W3C); with one, the tool's span hangs under the sender's
    public Uni<Response> handle(List<String> authorization, List<String> traceparent, byte[] body) {
        if (!secret.accepts(authorization)) {
            telemetry.onUnauthorized();
            return Uni.createFrom()
                    .item(response(Response.Status.UNAUTHORIZED, Map.of("error", "Unauthorized")));
        }
        if (body.length > LONGEST_BODY) {
            return refused(
                    Response.Status.REQUEST_ENTITY_TOO_LARGE,
                    "too_long",
                    "the body is longer than 64 KiB");
        }
        return switch (ToolCallJson.read(body)) {
            case ToolCallJson.Reading.NoJson() ->
                    refused(Response.Status.BAD_REQUEST, "no_json", "the body is no JSON");
            case ToolCallJson.Reading.NoToolCall(var problem) ->
                    refused(Response.Status.OK, "no_tool_call", problem);
            case ToolCallJson.Reading.Valid(var call) ->
                    answer(call, traceparent)
                            .map(result -> response(Response.Status.OK, result.toFields()));
        };
    }

    private Uni<ToolResult> answer(ToolCall call, List<String> traceparent) {
        long start = System.nanoTime();
        String tool = dispatcher.nameOf(call);
        Span span = spans.start(call, tool, traceparent);
        var inTime = new AtomicBoolean(true);
        return Uni.createFrom()
                .completionStage(() -> inside(span, call))
                .ifNoItem()
                .after(limit)
                .recoverWithItem(() -> {
                    inTime.set(false);
                    return dispatcher.unavailable(call);
                })
                .invoke(result -> {
                    ToolSpan.end(span, result, inTime.get());
                    Duration took = Duration.ofNanos(System.nanoTime() - start);
                    // The timer's exemplar leads to the call's trace.
                    try (Scope _ = span.makeCurrent()) {
                        telemetry.onAnswered(tool, result, inTime.get(), call.callSid(), took);
                    }
                });
    }

    /// The request's own context carries the span from here to its end, so that the SQL that follows hangs under it.
    @SuppressWarnings({"MustBeClosedChecker", "resource"}) // the context ends with the request
    private CompletionStage<ToolResult> inside(Span span, ToolCall call) {
        span.makeCurrent();
        return dispatcher.dispatch(call);
    }

    private Uni<Response> refused(Response.Status status, String reason, String problem) {
        telemetry.onRefused(reason);
        return Uni.createFrom()
                .item(response(status, dispatcher.notUnderstood(problem).toFields()));
    }

    private static Response response(Response.Status status, Map<String, Object> fields) {
        return Response.status(status).type(MediaType.APPLICATION_JSON_TYPE).entity(fields).build();
    }
}
