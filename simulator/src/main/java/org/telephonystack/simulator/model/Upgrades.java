package org.telephonystack.simulator.model;

import io.netty.channel.Channel;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.impl.ConnectionBase;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;

/// Who gets a WebSocket and who gets a status.
final class Upgrades implements Handler<HttpServerRequest> {

    private static final Map<Integer, String> CODES =
            Map.of(
                    401, "invalid_api_key",
                    403, "unsupported_country_region_territory",
                    404, "model_not_found",
                    429, "rate_limit_exceeded",
                    503, "server_error");

    private static final String MODELS = "/v1/models/";
    private static final String AZURE = "/openai";
    private static final String RESPONSES = "/v1/responses";
    private static final List<String> PATHS = List.of("/v1/realtime", "/openai/v1/realtime");

    private final String apiKey;
    private final BiFunction<Line, String, RealtimeSession> sessions;
    private final List<String> violations = new CopyOnWriteArrayList<>();
    private final Map<Line, Channel> open = new ConcurrentHashMap<>();
    private final Analyses analyses;
    private volatile int refusal;

    Upgrades(String apiKey, BiFunction<Line, String, RealtimeSession> sessions) {
        this.apiKey = apiKey;
        this.sessions = sessions;
        this.analyses = new Analyses(apiKey, violations::add);
    }

    /// @param status 0 to refuse nobody
    void refuse(int status) {
        refusal = status;
    }

    /// The transcripts that somebody had analysed.
    List<String> transcripts() {
        return analyses.transcripts();
    }

    List<String> violations() {
        return violations;
    }

    void dropAll() {
        open.forEach((line, channel) -> channel.eventLoop().execute(line::reset));
    }

    @Override
    public void handle(HttpServerRequest request) {
        if (RESPONSES.equals(request.path())) {
            analyses.handle(request);
            return;
        }
        String path = String.valueOf(request.path());
        if (path.startsWith(MODELS) || path.startsWith(AZURE + MODELS)) {
            showModel(request);
            return;
        }
        Optional<Integer> status = statusFor(request);
        if (status.isPresent()) {
            answer(request, status.get());
            return;
        }
        String model = Objects.requireNonNullElse(request.getParam("model"), "");
        Channel channel = ((ConnectionBase) request.connection()).channel();
        request.toWebSocket().onSuccess(socket -> serve(socket, channel, model));
    }

    /// `GET /v1/models/{model}`, `/openai` before it at Azure: how a key and a model's name are tried without being paid for.
    private void showModel(HttpServerRequest request) {
        String path = String.valueOf(request.path());
        String model = path.substring(path.indexOf(MODELS) + MODELS.length());
        if (refusal != 0) {
            answer(request, refusal);
        } else if (!hasKey(request)) {
            answer(request, 401);
        } else if (!model.startsWith("gpt-realtime")) {
            answer(request, 404);
        } else {
            var _ =
                    request.response()
                            .putHeader("content-type", "application/json")
                            .end("{\"id\":\"" + model + "\",\"object\":\"model\"}");
        }
    }

    private Optional<Integer> statusFor(HttpServerRequest request) {
        if (refusal != 0) {
            return Optional.of(refusal);
        }
        if (!PATHS.contains(String.valueOf(request.path()))) {
            return violation(404, "no such path: " + request.path());
        }
        if (!hasKey(request)) {
            return violation(401, "wrong key, or none");
        }
        String model = request.getParam("model");
        if (model == null || !model.startsWith("gpt-realtime")) {
            return violation(404, "no such model: " + model);
        }
        if (request.getHeader("OpenAI-Beta") != null) {
            violations.add("header OpenAI-Beta asks for the old shapes");
        }
        return "websocket".equalsIgnoreCase(request.getHeader("Upgrade"))
                ? Optional.empty()
                : violation(400, "no WebSocket upgrade");
    }

    private boolean hasKey(HttpServerRequest request) {
        return ("Bearer " + apiKey).equals(request.getHeader("Authorization"))
                || apiKey.equals(request.getHeader("api-key"));
    }

    private Optional<Integer> violation(int status, String what) {
        violations.add(status + ": " + what);
        return Optional.of(status);
    }

    private static void answer(HttpServerRequest request, int status) {
        String code = CODES.getOrDefault(status, "invalid_request");
        var _ =
                request.response()
                        .setStatusCode(status)
                        .putHeader("content-type", "application/json")
                        .end(
                                "{\"error\":{\"message\":\"Refused.\",\"type\":\"invalid_request_error\","
                                        + "\"param\":null,\"code\":\""
                                        + code
                                        + "\"}}");
    }

    private void serve(ServerWebSocket socket, Channel channel, String model) {
        var connection = new ModelConnection();
        var line = new Line(socket, channel, connection);
        RealtimeSession session = sessions.apply(line, model);
        open.put(line, channel);
        socket.textMessageHandler(session::onText);
        socket.binaryMessageHandler(_ -> connection.onViolation("a binary message"));
        socket.exceptionHandler(_ -> {});
        socket.closeHandler(_ -> {
            open.remove(line);
            session.onClosed();
            connection.onClosed(socket.closeStatusCode());
        });
        session.open();
    }
}
