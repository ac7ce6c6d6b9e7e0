package org.telephonystack.action.sms.http;

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
import org.telephonystack.action.callback.CallbackEvents;
import org.telephonystack.action.security.ServiceSecret;
import org.telephonystack.action.sms.SmsDesk;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// `POST /send-sms` `{"to": "+1…", "body": "…"}`: answers Twilio's JSON, or 400 `{"error": …}`, as the edge function did; ours wants
/// the service secret.
@Path("/")
public class SendSmsResource {

    private static final int LONGEST_BODY = 64 * 1024;

    private final SmsDesk desk;
    private final ServiceSecret secret;
    private final CallbackEvents events;

    SendSmsResource(SmsDesk desk, ServiceSecret secret, CallbackEvents events) {
        this.desk = desk;
        this.secret = secret;
        this.events = events;
    }

    @POST
    @Path("send-sms")
    public Uni<Response> sendSms(@Context HttpHeaders headers, byte[] body) {
        return answer(headers, body);
    }

    @POST
    @Path("functions/v1/send-sms")
    public Uni<Response> edgeFunction(@Context HttpHeaders headers, byte[] body) {
        return answer(headers, body);
    }

    private Uni<Response> answer(HttpHeaders headers, byte[] body) {
        @Nullable List<String> authorization = headers.getRequestHeader(HttpHeaders.AUTHORIZATION);
        if (!secret.accepts(authorization == null ? List.of() : authorization)) {
            events.onRejected("service_secret");
            return Uni.createFrom().item(error(401, "Unauthorized"));
        }
        if (body.length > LONGEST_BODY) {
            return Uni.createFrom().item(error(413, "body is longer than 64 KiB"));
        }
        JsonObject request;
        try {
            request = new JsonObject(new String(body, StandardCharsets.UTF_8));
        } catch (DecodeException e) {
            return Uni.createFrom().item(error(400, "body must be a JSON object"));
        }
        return Uni.createFrom()
                .completionStage(() -> desk.send(text(request, "to"), text(request, "body")))
                .map(answer ->
                        switch (answer) {
                            case SmsDesk.Answer.Sent(_, String json) ->
                                    Response.ok(json, MediaType.APPLICATION_JSON_TYPE).build();
                            case SmsDesk.Answer.NotSent(String problem) -> error(400, problem);
                        })
                .onFailure()
                .recoverWithItem(error(503, "the opt-outs could not be read: nothing was sent"));
    }

    private static Optional<String> text(JsonObject request, String name) {
        return request.getValue(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    private static Response error(int status, String problem) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(new JsonObject().put("error", problem).encode())
                .build();
    }
}
