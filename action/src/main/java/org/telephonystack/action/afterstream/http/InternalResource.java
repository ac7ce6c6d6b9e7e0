package org.telephonystack.action.afterstream.http;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.jspecify.annotations.Nullable;
import org.telephonystack.action.afterstream.AfterStreamDesk;
import org.telephonystack.action.afterstream.Announcement;
import org.telephonystack.action.afterstream.Question;
import org.telephonystack.action.callback.CallbackEvents;
import org.telephonystack.action.security.ServiceSecret;
import org.telephonystack.model.CallSid;
import org.telephonystack.model.call.InternalApi;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/// What frontdoor tells and asks, behind the service secret.
@Path("/")
public class InternalResource {

    private static final int LONGEST_BODY = 64 * 1024;

    private final AfterStreamDesk desk;
    private final ServiceSecret secret;
    private final CallbackEvents events;

    InternalResource(AfterStreamDesk desk, ServiceSecret secret, CallbackEvents events) {
        this.desk = desk;
        this.secret = secret;
        this.events = events;
    }

    @POST
    @Path(InternalApi.CALLS)
    public Uni<Response> calls(@Context HttpHeaders headers, byte[] body) {
        return authenticated(
                headers,
                body,
                (callSid, fields) ->
                        Uni.createFrom()
                                .completionStage(() ->
                                        desk.announced(
                                                new Announcement(
                                                        callSid,
                                                        text(fields, "from"),
                                                        text(fields, "to"),
                                                        text(fields, "direction"),
                                                        text(fields, "stirVerstat"),
                                                        text(fields, "turnedAway"))))
                                .map(_ -> Response.accepted().build()));
    }

    @POST
    @Path(InternalApi.AFTER_STREAM)
    public Uni<Response> afterStream(@Context HttpHeaders headers, byte[] body) {
        return authenticated(
                headers,
                body,
                (callSid, fields) ->
                        Uni.createFrom()
                                .completionStage(() -> desk.ask(question(callSid, fields)))
                                .map(answer ->
                                        json(Response.ok(), new JsonObject(answer.toFields()))));
    }

    private static Question question(CallSid callSid, JsonObject fields) {
        return new Question(
                callSid,
                fields.getValue("attempt") instanceof Number attempt ? attempt.intValue() : 1,
                text(fields, "callStatus"),
                text(fields, "from"),
                text(fields, "to"),
                text(fields, "streamEvent"),
                text(fields, "streamError"),
                Boolean.TRUE.equals(fields.getValue(InternalApi.REDIRECTED)));
    }

    private Uni<Response> authenticated(
            HttpHeaders headers,
            byte[] body,
            BiFunction<CallSid, JsonObject, Uni<Response>> answer) {
        @Nullable List<String> authorization = headers.getRequestHeader(HttpHeaders.AUTHORIZATION);
        if (!secret.accepts(authorization == null ? List.of() : authorization)) {
            events.onRejected("service_secret");
            return error(401, "Unauthorized");
        }
        if (body.length > LONGEST_BODY) {
            return error(413, "body is longer than 64 KiB");
        }
        JsonObject fields;
        try {
            fields = new JsonObject(new String(body, StandardCharsets.UTF_8));
        } catch (DecodeException e) {
            return error(400, "body must be a JSON object");
        }
        Optional<CallSid> callSid = text(fields, "callSid").flatMap(CallSid::parse);
        if (callSid.isEmpty()) {
            return error(400, "callSid is missing");
        }
        return answer.apply(callSid.get(), fields)
                .onFailure()
                .recoverWithUni(failure -> {
                    events.onNotStored(failure);
                    return error(503, "not stored");
                });
    }

    private static Optional<String> text(JsonObject fields, String name) {
        return fields.getValue(name) instanceof String text && !text.isEmpty()
                ? Optional.of(text)
                : Optional.empty();
    }

    private static Uni<Response> error(int status, String problem) {
        return Uni.createFrom()
                .item(json(Response.status(status), new JsonObject().put("error", problem)));
    }

    private static Response json(Response.ResponseBuilder response, JsonObject body) {
        return response.type(MediaType.APPLICATION_JSON_TYPE).entity(body.encode()).build();
    }
}
