package org.telephonystack.stream.call.twilio;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/// Answers 426 to whoever asks a stream's path for anything but a WebSocket.
@ApplicationScoped
class PlainHttp {

    private static final int UPGRADE_REQUIRED = 426;

    void routes(@Observes Router router) {
        router.route(VoiceStreamEndpoint.PATH).order(Integer.MIN_VALUE).handler(PlainHttp::answer);
        router.route(FunctionsVoiceStreamEndpoint.PATH)
                .order(Integer.MIN_VALUE)
                .handler(PlainHttp::answer);
    }

    private static void answer(RoutingContext context) {
        if (isHandshake(context)) {
            context.next();
            return;
        }
        context.response()
                .setStatusCode(UPGRADE_REQUIRED)
                .putHeader(HttpHeaders.CONNECTION, "Upgrade, close")
                .putHeader(HttpHeaders.UPGRADE, "websocket")
                .end("Upgrade Required");
    }

    private static boolean isHandshake(RoutingContext context) {
        var headers = context.request().headers();
        return context.request().method().equals(HttpMethod.GET)
                && headers.contains("Sec-WebSocket-Key")
                && headers.contains(HttpHeaders.UPGRADE, HttpHeaders.WEBSOCKET, true);
    }
}
