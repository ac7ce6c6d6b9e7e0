package org.telephonystack.frontdoor.call.twilio;

import io.vertx.core.http.HttpServerRequest;

import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.telephonystack.frontdoor.call.Webhook;

/// Only POST is served: Quarkus finds that out before a resource is asked, and we count it here.
final class WrongMethods {

    private final Refusals refusals;

    WrongMethods(Refusals refusals) {
        this.refusals = refusals;
    }

    @ServerExceptionMapper
    Response notAllowed(NotAllowedException failure, HttpServerRequest request) {
        return refusals.refuseMethod(
                Webhook.ofPath(request.path()).map(Webhook::path).orElse("other"));
    }
}
