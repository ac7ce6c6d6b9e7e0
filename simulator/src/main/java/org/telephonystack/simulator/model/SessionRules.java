package org.telephonystack.simulator.model;

import static org.telephonystack.simulator.model.Rule.anything;
import static org.telephonystack.simulator.model.Rule.bool;
import static org.telephonystack.simulator.model.Rule.integer;
import static org.telephonystack.simulator.model.Rule.list;
import static org.telephonystack.simulator.model.Rule.number;
import static org.telephonystack.simulator.model.Rule.object;
import static org.telephonystack.simulator.model.Rule.oneOf;
import static org.telephonystack.simulator.model.Rule.text;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.Optional;

/// What `session.update` and `response.create` may carry.
///
/// @see <a href="https://platform.openai.com/docs/api-reference/realtime-client-events">Client events (read November 2026)</a>
final class SessionRules {

    private static final Rule FORMAT =
            (path, value) ->
                    (value.path("type").asText("").equals("audio/pcm")
                                    ? object().must("type", text())
                                            .may("rate", integer(24000, 24000))
                                    : object().must(
                                                    "type",
                                                    oneOf("audio/pcm", "audio/pcmu", "audio/pcma")))
                            .check(path, value);

    private static final Rule VOICE =
            oneOf(
                            "alloy", "ash", "ballad", "coral", "echo", "sage", "shimmer", "verse",
                            "marin", "cedar")
                    .or(object().must("id", text()));

    private static final Rule SERVER_VAD =
            object().must("type", oneOf("server_vad"))
                    .may("threshold", number(0, 1))
                    .may("prefix_padding_ms", integer(0, 10_000))
                    .may("silence_duration_ms", integer(0, 10_000))
                    .may("create_response", bool())
                    .may("interrupt_response", bool())
                    .may("idle_timeout_ms", integer(5000, 30_000).orNull());

    private static final Rule SEMANTIC_VAD =
            object().must("type", oneOf("semantic_vad"))
                    .may("eagerness", oneOf("low", "medium", "high", "auto"))
                    .may("create_response", bool())
                    .may("interrupt_response", bool());

    private static final Rule TURN_DETECTION =
            (path, value) ->
                    (value.path("type").asText("").equals("semantic_vad")
                                    ? SEMANTIC_VAD
                                    : SERVER_VAD)
                            .check(path, value);

    private static final Rule TRANSCRIPTION =
            object().must("model", text())
                    .may("language", text("[a-z]{2,3}"))
                    .may("languages", list(text("[a-z]{2,3}")))
                    .may("keywords", list(text()))
                    .may("prompt", text());

    private static final Rule INPUT =
            object().may("format", FORMAT)
                    .may(
                            "noise_reduction",
                            object().must("type", oneOf("near_field", "far_field"))
                                    .may("strength", number(0, 10))
                                    .orNull())
                    .may("transcription", TRANSCRIPTION.orNull())
                    .may("turn_detection", TURN_DETECTION.orNull());

    private static final Rule OUTPUT =
            object().may("format", FORMAT).may("voice", VOICE).may("speed", number(0.25, 1.5));

    private static final Rule TOOL =
            object().must("type", oneOf("function"))
                    .must("name", text("[a-zA-Z0-9_-]{1,64}"))
                    .may("description", text())
                    .may("parameters", (path, value) -> schema(path, value));

    private static final Rule TOOL_CHOICE =
            oneOf("auto", "none", "required")
                    .or(object().must("type", oneOf("function")).must("name", text()));

    private static final Rule MODALITIES =
            (path, value) ->
                    value.isArray()
                                    && value.size() == 1
                                    && (value.get(0).asText("").equals("audio")
                                            || value.get(0).asText("").equals("text"))
                            ? Optional.empty()
                            : Optional.of(
                                    Refusal.value(
                                            path, "supported are [\"audio\"] and [\"text\"]"));

    private static final Rule METADATA =
            (path, value) ->
                    value.isObject()
                                    && value.size() <= 16
                                    && value.properties().stream()
                                            .allMatch(pair ->
                                                    pair.getKey().length() <= 64
                                                            && pair.getValue().isTextual()
                                                            && pair.getValue().textValue().length()
                                                                    <= 512)
                            ? Optional.empty()
                            : Optional.of(Refusal.value(path, "16 pairs of short strings at most"));

    private static final Rule.ObjectRule SPEAKING =
            object().may("instructions", text())
                    .may("tools", list(TOOL))
                    .may("tool_choice", TOOL_CHOICE)
                    .may("output_modalities", MODALITIES)
                    .may("max_output_tokens", integer(1, 4096).or(oneOf("inf")));

    private static final Rule.ObjectRule REASONING_MODEL =
            object().may(
                            "reasoning",
                            object().may(
                                            "effort",
                                            oneOf("minimal", "low", "medium", "high", "xhigh")))
                    .may("parallel_tool_calls", bool());

    private static final Rule.ObjectRule SESSION =
            SPEAKING.must("type", oneOf("realtime"))
                    .may("audio", object().may("input", INPUT).may("output", OUTPUT))
                    .may("truncation", oneOf("auto", "disabled").or(retention()))
                    .may("tracing", oneOf("auto").or(anything()).orNull())
                    .may(
                            "include",
                            list(oneOf("item.input_audio_transcription.logprobs")).orNull());

    private static final Rule.ObjectRule RESPONSE =
            SPEAKING.may(
                            "audio",
                            object().may(
                                            "output",
                                            object().may("format", FORMAT).may("voice", VOICE)))
                    .may("metadata", METADATA.orNull())
                    .may("input", list(anything()))
                    .may("conversation", oneOf("auto", "none"));

    private SessionRules() {}

    /// `session.model` is known but fixed by the URL, hence a refusal of its own.
    static Optional<Refusal> checkSession(JsonNode session, String model) {
        if (session.has("model")) {
            return Optional.of(
                    Refusal.value(
                            "session.model", "cannot be changed after the session was created"));
        }
        return forModel(SESSION, model).check("session", session);
    }

    static Optional<Refusal> checkResponse(JsonNode response, String model) {
        return forModel(RESPONSE, model).check("response", response);
    }

    /// Models before 2 do not reason and refuse to be told how.
    private static Rule forModel(Rule.ObjectRule rule, String model) {
        return model.startsWith("gpt-realtime-2") && !model.startsWith("gpt-realtime-2025")
                ? rule.may("reasoning", orMissing("reasoning"))
                        .may("parallel_tool_calls", orMissing("parallel_tool_calls"))
                : rule;
    }

    private static Rule orMissing(String field) {
        Rule rule = REASONING_MODEL.optional().get(field);
        return rule == null ? anything() : rule;
    }

    private static Rule retention() {
        return object().must("type", oneOf("retention_ratio"))
                .must("retention_ratio", number(0, 1))
                .may("token_limits", object().may("post_instructions", integer(0, 200_000)));
    }

    private static Optional<Refusal> schema(String path, JsonNode value) {
        return value.isObject() && value.path("type").asText("").equals("object")
                ? Optional.empty()
                : Optional.of(
                        Refusal.of(
                                "invalid_function_parameters",
                                "Invalid schema for '"
                                        + path
                                        + "': schema must be of type \"object\".",
                                path));
    }
}
