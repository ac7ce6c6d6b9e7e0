package org.telephonystack.simulator.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The effective configuration of one session: starts with the service's defaults (24 kHz PCM!), changed by updates.
final class SessionSettings {

    /// @param threshold 0 to 1; higher wants louder speech
    record Detection(
            double threshold,
            int prefixMillis,
            int silenceMillis,
            boolean createsResponse,
            boolean interruptsResponse) {}

    private final String model;
    private ObjectNode effective;

    SessionSettings(String sessionId, String model) {
        this.model = model;
        this.effective = defaults(sessionId, model);
    }

    private static ObjectNode defaults(String sessionId, String model) {
        ObjectNode session = JsonNodeFactory.instance.objectNode();
        session.put("type", "realtime").put("object", "realtime.session").put("id", sessionId);
        session.put("model", model);
        session.putArray("output_modalities").add("audio");
        session.put("instructions", "You are a helpful, friendly assistant.");
        session.putArray("tools");
        session.put("tool_choice", "auto")
                .put("max_output_tokens", "inf")
                .put("truncation", "auto");
        session.putNull("tracing").putNull("prompt").putNull("include");
        session.put("expires_at", Instant.now().plus(Duration.ofMinutes(60)).getEpochSecond());
        ObjectNode audio = session.putObject("audio");
        ObjectNode input = audio.putObject("input");
        input.putObject("format").put("type", "audio/pcm").put("rate", 24000);
        input.putNull("transcription").putNull("noise_reduction");
        input.set("turn_detection", detectionDefaults("server_vad"));
        ObjectNode output = audio.putObject("output");
        output.putObject("format").put("type", "audio/pcm").put("rate", 24000);
        output.put("voice", "marin").put("speed", 1);
        return session;
    }

    private static ObjectNode detectionDefaults(String type) {
        ObjectNode detection = JsonNodeFactory.instance.objectNode().put("type", type);
        if (type.equals("server_vad")) {
            detection
                    .put("threshold", 0.5)
                    .put("prefix_padding_ms", 300)
                    .put("silence_duration_ms", 200);
            detection.putNull("idle_timeout_ms");
        } else {
            detection.put("eagerness", "auto");
        }
        return detection.put("create_response", true).put("interrupt_response", true);
    }

    /// All of the update, or nothing of it.
    Optional<Refusal> update(JsonNode session, boolean audioProduced) {
        Optional<Refusal> refusal = SessionRules.checkSession(session, model);
        if (refusal.isPresent()) {
            return refusal;
        }
        JsonNode voice = session.at("/audio/output/voice");
        if (audioProduced && !voice.isMissingNode() && !voice.equals(at("/audio/output/voice"))) {
            return Optional.of(
                    Refusal.of(
                            "cannot_update_voice",
                            "Cannot update a conversation's voice if assistant audio is present.",
                            "session.audio.output.voice"));
        }
        ObjectNode merged = effective.deepCopy();
        merge(merged, session);
        effective = merged;
        return Optional.empty();
    }

    private static void merge(ObjectNode into, JsonNode from) {
        for (var field : from.properties()) {
            JsonNode given = field.getValue();
            if (field.getKey().equals("turn_detection") && given.isObject()) {
                into.set("turn_detection", detection(into.path("turn_detection"), given));
            } else if (given.isObject()
                    && into.path(field.getKey()) instanceof ObjectNode known
                    && !field.getKey().equals("format")) {
                merge(known, given);
            } else {
                into.set(field.getKey(), given.deepCopy());
            }
        }
    }

    private static ObjectNode detection(JsonNode known, JsonNode given) {
        ObjectNode result =
                known instanceof ObjectNode same && same.path("type").equals(given.path("type"))
                        ? same.deepCopy()
                        : detectionDefaults(given.path("type").asText(""));
        result.setAll((ObjectNode) given);
        return result;
    }

    ObjectNode effective() {
        return effective.deepCopy();
    }

    JsonNode at(String pointer) {
        return effective.at(pointer);
    }

    String model() {
        return model;
    }

    String instructions() {
        return effective.path("instructions").asText("");
    }

    boolean hearsPhoneAudio() {
        return at("/audio/input/format/type").asText("").equals("audio/pcmu");
    }

    boolean speaksPhoneAudio() {
        return at("/audio/output/format/type").asText("").equals("audio/pcmu");
    }

    boolean transcribes() {
        return at("/audio/input/transcription").isObject();
    }

    /// Empty: the client detects turns itself.
    Optional<Detection> detection() {
        JsonNode detection = at("/audio/input/turn_detection");
        if (!detection.isObject()) {
            return Optional.empty();
        }
        return Optional.of(
                new Detection(
                        detection.path("threshold").asDouble(0.5),
                        detection.path("prefix_padding_ms").asInt(300),
                        detection.path("silence_duration_ms").asInt(500),
                        detection.path("create_response").asBoolean(true),
                        detection.path("interrupt_response").asBoolean(true)));
    }
}
