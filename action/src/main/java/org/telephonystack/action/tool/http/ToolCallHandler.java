package org.telephonystack.action.tool.http;

import io.smallrye.mutiny.Uni;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import org.telephonystack.action.security.ServiceSecret;

import java.util.List;
import java.util.Map;

/// The JSON half of `/voice-action`: a tool call of the model, or the caller is told that it has no business here.
@ApplicationScoped
public class ToolCallHandler {

    private final ServiceSecret secret;

    ToolCallHandler(ServiceSecret secret) {
        this.secret = secret;
    }

    /// Nothing is parsed before the secret was right.
    ///
    /// @param authorization every `Authorization` header
    /// @param traceparent every `traceparent` header (W3C); with one, the tool's span hangs under the sender's
    public Uni<Response> handle(List<String> authorization, List<String> traceparent, byte[] body) {
        if (!secret.accepts(authorization)) {
            return Uni.createFrom()
                    .item(
                            Response.status(Response.Status.UNAUTHORIZED)
                                    .type(MediaType.APPLICATION_JSON_TYPE)
                                    .entity(Map.of("error", "Unauthorized"))
                                    .build());
        }
        return Uni.createFrom().item(Response.status(Response.Status.NOT_IMPLEMENTED).build());
    }
}
