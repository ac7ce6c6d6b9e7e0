package org.telephonystack.action.admission.http;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.jspecify.annotations.Nullable;
import org.telephonystack.action.admission.AdmissionDesk;
import org.telephonystack.action.callback.CallbackEvents;
import org.telephonystack.action.security.ServiceSecret;
import org.telephonystack.model.call.InternalApi;

import java.util.List;

/// What frontdoor asks in the background, behind the service secret.
@Path(InternalApi.ADMISSION)
public class AdmissionResource {

    private final AdmissionDesk desk;
    private final ServiceSecret secret;
    private final CallbackEvents events;

    AdmissionResource(AdmissionDesk desk, ServiceSecret secret, CallbackEvents events) {
        this.desk = desk;
        this.secret = secret;
        this.events = events;
    }

    @GET
    public Uni<Response> admission(@Context HttpHeaders headers) {
        @Nullable List<String> authorization = headers.getRequestHeader(HttpHeaders.AUTHORIZATION);
        if (!secret.accepts(authorization == null ? List.of() : authorization)) {
            events.onRejected("service_secret");
            return Uni.createFrom().item(Response.status(401).build());
        }
        return Uni.createFrom()
                .completionStage(desk::now)
                .map(known ->
                        Response.ok(new JsonObject(known.toFields()).encode())
                                .type(MediaType.APPLICATION_JSON_TYPE)
                                .build())
                .onFailure()
                .recoverWithItem(_ -> Response.status(503).build());
    }
}
