package org.telephonystack.simulator.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.vertx.core.http.HttpServerRequest;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// `POST /v1/responses` with a strict schema: every transcript gets the same, well-formed analysis.
final class Analyses {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Map<String, Object> ANALYSIS =
            Map.of(
                    "summary", "A caller spoke with the assistant.",
                    "sentiment", "positive",
                    "sentiment_course", List.of("neutral", "positive"),
                    "topics", List.of("appointment"),
                    "follow_ups", List.of(),
                    "open_questions", List.of("Is there parking?"));

    private final String apiKey;
    private final Consumer<String> violation;
    private final List<String> transcripts = new CopyOnWriteArrayList<>();

    /// @param violation hears what no correct client does
    Analyses(String apiKey, Consumer<String> violation) {
        this.apiKey = apiKey;
        this.violation = violation;
    }

    List<String> transcripts() {
        return List.copyOf(transcripts);
    }

    void handle(HttpServerRequest request) {
        if (!("Bearer " + apiKey).equals(request.getHeader("Authorization"))) {
            answer(request, 401, Map.of("error", Map.of("code", "invalid_api_key")));
            return;
        }
        request.body().onSuccess(body -> answer(request, body.toString()));
    }

    private void answer(HttpServerRequest request, String body) {
        JsonNode asked;
        try {
            asked = JSON.readTree(body);
        } catch (JsonProcessingException e) {
            violation.accept("responses: no JSON");
            answer(request, 400, Map.of("error", Map.of("code", "invalid_json")));
            return;
        }
        JsonNode format = asked.path("text").path("format");
        if (asked.path("store").asBoolean(true)
                || !format.path("strict").asBoolean()
                || format.path("schema").path("additionalProperties").asBoolean(true)) {
            violation.accept("responses: kept, or without a strict schema");
        }
        transcripts.add(asked.path("input").path(0).path("content").path(0).path("text").asText());
        answer(
                request,
                200,
                Map.of(
                        "id",
                        "resp_simulated",
                        "object",
                        "response",
                        "status",
                        "completed",
                        "model",
                        asked.path("model").asText(),
                        "output",
                        List.of(
                                Map.of("type", "reasoning", "id", "rs_1", "summary", List.of()),
                                Map.of(
                                        "type",
                                        "message",
                                        "role",
                                        "assistant",
                                        "content",
                                        List.of(
                                                Map.of(
                                                        "type",
                                                        "output_text",
                                                        "text",
                                                        json(ANALYSIS))))),
                        "usage",
                        Map.of("input_tokens", 500, "output_tokens", 100)));
    }

    private static void answer(HttpServerRequest request, int status, Map<String, Object> body) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(json(body));
    }

    private static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and numbers can be written", e);
        }
    }
}
