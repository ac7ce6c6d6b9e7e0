package org.telephonystack.simulator.model;

import static org.telephonystack.simulator.model.Rule.anything;
import static org.telephonystack.simulator.model.Rule.id;
import static org.telephonystack.simulator.model.Rule.integer;
import static org.telephonystack.simulator.model.Rule.list;
import static org.telephonystack.simulator.model.Rule.object;
import static org.telephonystack.simulator.model.Rule.oneOf;
import static org.telephonystack.simulator.model.Rule.text;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.Map;
import java.util.Optional;

/// The shapes of what a client may send, apart from what a session or response may carry ([SessionRules]).
final class ClientEvents {

    private static final Rule.ObjectRule EVENT =
            object().must("type", text()).may("event_id", id(512));

    private static final Map<String, Rule> EVENTS =
            Map.ofEntries(
                    Map.entry("session.update", EVENT.must("session", anything())),
                    Map.entry("input_audio_buffer.append", EVENT.must("audio", text())),
                    Map.entry("input_audio_buffer.commit", EVENT),
                    Map.entry("input_audio_buffer.clear", EVENT),
                    Map.entry(
                            "conversation.item.create",
                            EVENT.may("previous_item_id", id(64).orNull())
                                    .must("item", ClientEvents::checkItem)),
                    Map.entry(
                            "conversation.item.truncate",
                            EVENT.must("item_id", text())
                                    .must("content_index", integer(0, 0))
                                    .must("audio_end_ms", integer(0, Integer.MAX_VALUE))),
                    Map.entry("conversation.item.delete", EVENT.must("item_id", text())),
                    Map.entry("conversation.item.retrieve", EVENT.must("item_id", text())),
                    Map.entry("response.create", EVENT.may("response", anything())),
                    Map.entry("response.cancel", EVENT.may("response_id", text())));

    private static final Rule.ObjectRule ITEM =
            object().must("type", text())
                    .may("id", id(32))
                    .may("object", oneOf("realtime.item"))
                    .may("status", oneOf("completed", "incomplete", "in_progress"));

    private static final Rule INPUT_TEXT =
            object().must("type", oneOf("input_text")).must("text", text());
    private static final Rule OUTPUT_TEXT =
            object().must("type", oneOf("output_text")).must("text", text());
    private static final Rule INPUT_AUDIO =
            object().must("type", oneOf("input_audio"))
                    .must("audio", text())
                    .may("transcript", text().orNull());

    private ClientEvents() {}

    static Optional<Refusal> check(JsonNode event) {
        if (!event.path("type").isTextual()) {
            return Optional.of(Refusal.of("invalid_event", "The 'type' field is missing.", null));
        }
        Rule rule = EVENTS.get(event.path("type").textValue());
        if (rule == null) {
            return Optional.of(
                    Refusal.of(
                            "invalid_value",
                            "Invalid value: '%s'. Supported values are: %s."
                                    .formatted(
                                            event.path("type").textValue(),
                                            String.join(
                                                    ", ",
                                                    EVENTS.keySet().stream().sorted().toList())),
                            "type"));
        }
        return rule.check("", event);
    }

    private static Optional<Refusal> checkItem(String path, JsonNode item) {
        return switch (item.path("type").asText("")) {
            case "message" -> message(item).check(path, item);
            case "function_call" ->
                    ITEM.must("name", text())
                            .must("arguments", text())
                            .must("call_id", id(64))
                            .check(path, item);
            case "function_call_output" ->
                    ITEM.must("call_id", id(64)).must("output", text()).check(path, item);
            default ->
                    Optional.of(
                            item.has("type")
                                    ? Refusal.value(path + ".type", "no such item")
                                    : Refusal.missing(path + ".type"));
        };
    }

    private static Rule message(JsonNode item) {
        Rule content =
                switch (item.path("role").asText("")) {
                    case "user" -> userContent();
                    case "system" -> INPUT_TEXT;
                    case "assistant" -> assistantContent();
                    default -> anything();
                };
        return ITEM.must("role", oneOf("user", "system", "assistant"))
                .must("content", list(content));
    }

    private static Rule userContent() {
        return (path, part) ->
                (part.path("type").asText("").equals("input_audio") ? INPUT_AUDIO : INPUT_TEXT)
                        .check(path, part);
    }

    /// Audio of the assistant cannot be put back into a conversation; the service asks for the text instead.
    private static Rule assistantContent() {
        return (path, part) ->
                part.path("type").asText("").equals("output_audio")
                        ? Optional.of(Refusal.missing(path + ".text"))
                        : OUTPUT_TEXT.check(path, part);
    }
}
