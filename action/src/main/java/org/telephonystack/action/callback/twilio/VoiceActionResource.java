package org.telephonystack.action.callback.twilio;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.jspecify.annotations.Nullable;
import org.telephonystack.action.callback.Callback;
import org.telephonystack.action.callback.CallbackDesk;
import org.telephonystack.action.callback.CallbackEvents;
import org.telephonystack.action.callback.CallbackReader;
import org.telephonystack.action.tool.http.ToolCallHandler;
import org.telephonystack.model.twilio.FormBody;
import org.telephonystack.model.twilio.PublicUrl;
import org.telephonystack.model.twilio.TwilioSignature;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/// `POST /voice-action`: Twilio's callbacks and the tool calls of our stream, told apart by content type as in the edge
/// functions. The content type never decides *whether* a request is authenticated, only *how*: forms by Twilio's signature, JSON
/// by the service secret, and there is no third way in.
@Path("/")
public class VoiceActionResource {

    private static final int TOO_LARGE = 413;

    /// Twilio itself gives up after 15 s, and then repeats nothing.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final TwilioSignature signature;
    private final PublicUrl publicUrl;
    private final CallbackDesk desk;
    private final CallbackEvents events;
    private final ToolCallHandler toolCalls;

    VoiceActionResource(
            TwilioSignature signature,
            PublicUrl publicUrl,
            CallbackDesk desk,
            CallbackEvents events,
            ToolCallHandler toolCalls) {
        this.signature = signature;
        this.publicUrl = publicUrl;
        this.desk = desk;
        this.events = events;
        this.toolCalls = toolCalls;
    }

    @POST
    @Path("voice-action")
    public Uni<Response> voiceAction(
            @Context HttpServerRequest request, @Context HttpHeaders headers, byte[] body) {
        return answer(request, headers, body);
    }

    /// The edge functions' path: a number configured for them needs only a new host name.
    @POST
    @Path("functions/v1/voice-action")
    public Uni<Response> edgeFunction(
            @Context HttpServerRequest request, @Context HttpHeaders headers, byte[] body) {
        return answer(request, headers, body);
    }

    private Uni<Response> answer(HttpServerRequest request, HttpHeaders headers, byte[] body) {
        if (body.length > FormBody.MAX_BYTES) {
            return text(TOO_LARGE, "Payload Too Large");
        }
        return switch (typeOf(headers.getHeaderString(HttpHeaders.CONTENT_TYPE))) {
            case "application/x-www-form-urlencoded" ->
                    switch (FormBody.parse(body)) {
                        case FormBody.Parsed.Form(var form) ->
                                callback(request.uri(), headers, form);
                        case FormBody.Parsed.Refused(var why) -> {
                            events.onRejected("form_" + why.name().toLowerCase(Locale.ROOT));
                            yield text(400, "Bad Request");
                        }
                    };
            case "application/json" ->
                    toolCalls.handle(
                            all(headers, HttpHeaders.AUTHORIZATION),
                            all(headers, "traceparent"),
                            body);
            default -> text(400, "Invalid Protocol");
        };
    }

    private Uni<Response> callback(String rawTarget, HttpHeaders headers, FormBody form) {
        List<String> signed = all(headers, "X-Twilio-Signature");
        OptionalInt token =
                signature.matchingToken(publicUrl.signedAs(rawTarget), form.fields(), signed);
        if (token.isEmpty()) {
            events.onRejected(signed.isEmpty() ? "signature_missing" : "signature_wrong");
            return text(403, "Forbidden");
        }
        events.onSigned(token.getAsInt());
        Callback callback =
                CallbackReader.read(
                        form, all(headers, "I-Twilio-Idempotency-Token").stream().findFirst());
        return Uni.createFrom()
                .completionStage(() -> desk.take(callback))
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .map(_ -> stored(callback))
                .onFailure()
                .recoverWithItem(failure -> {
                    events.onNotStored(failure);
                    // With `#rc=3&rp=all` on the console's URL Twilio comes again.
                    return Response.status(503)
                            .type(MediaType.TEXT_PLAIN_TYPE)
                            .entity("Not stored")
                            .build();
                });
    }

    private static Response stored(Callback callback) {
        return switch (callback) {
            case Callback.News _, Callback.Delivery _ ->
                    Response.ok("OK", MediaType.TEXT_PLAIN_TYPE).build();
            case Callback.Inbound _ -> Response.noContent().build();
        };
    }

    private static List<String> all(HttpHeaders headers, String name) {
        @Nullable List<String> values = headers.getRequestHeader(name);
        return values == null ? List.of() : values;
    }

    private static String typeOf(@Nullable String contentType) {
        return contentType == null
                ? ""
                : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    private static Uni<Response> text(int status, String body) {
        return Uni.createFrom()
                .item(Response.status(status).type(MediaType.TEXT_PLAIN_TYPE).entity(body).build());
    }
}
