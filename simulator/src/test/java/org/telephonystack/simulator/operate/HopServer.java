package org.telephonystack.simulator.operate;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;

import org.telephonystack.simulator.webhook.Form;
import org.telephonystack.simulator.webhook.RequestSignature;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/// A service behind a hop that changes requests: it believes what is signed over its address and what the hop lets it see.
final class HopServer implements AutoCloseable {

    static final String TOKEN = "0123456789abcdef0123456789abcdef";

    final List<String> asked = new CopyOnWriteArrayList<>();
    volatile String base = "";
    volatile String token = TOKEN;
    volatile UnaryOperator<String> target = UnaryOperator.identity();
    volatile UnaryOperator<Map<String, String>> form = UnaryOperator.identity();
    volatile int status;
    private final HttpServer server;

    HopServer(Vertx vertx) {
        server =
                vertx.createHttpServer()
                        .requestHandler(this::handle)
                        .listen(0, "127.0.0.1")
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join();
        base = url();
    }

    String url() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    private void handle(HttpServerRequest request) {
        asked.add(request.method() + " " + request.uri());
        if (status != 0) {
            request.response()
                    .setStatusCode(status)
                    .putHeader("Location", "https://elsewhere.example.com/")
                    .end();
        } else if ("websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            if (isSigned(request, base.replaceFirst("^http", "ws"), Map.of())) {
                var _ = request.toWebSocket();
            } else {
                request.response().setStatusCode(403).end();
            }
        } else {
            request.body()
                    .onSuccess(body -> {
                        var seen = form.apply(new LinkedHashMap<>(Form.decode(body.toString())));
                        boolean signed = isSigned(request, base, seen);
                        request.response().setStatusCode(signed ? 400 : 403).end();
                    });
        }
    }

    private boolean isSigned(HttpServerRequest request, String address, Map<String, String> seen) {
        return RequestSignature.of(token, address + target.apply(request.uri()), seen)
                .equals(request.getHeader("X-Twilio-Signature"));
    }

    @Override
    public void close() {
        server.close();
    }
}
