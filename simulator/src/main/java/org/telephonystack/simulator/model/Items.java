package org.telephonystack.simulator.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.Optional;

/// What clients do to the conversation: create, truncate, delete and retrieve items.
final class Items {

    private final Line line;
    private final Conversation conversation;

    Items(Line line, Conversation conversation) {
        this.line = line;
        this.conversation = conversation;
    }

    Optional<Refusal> create(JsonNode event) {
        ObjectNode item = event.path("item").deepCopy();
        Optional<Refusal> refusal = checkIds(event, item);
        if (refusal.isPresent()) {
            return refusal;
        }
        if (!item.has("id")) {
            item.put("id", line.newId("item"));
        }
        item.put("object", "realtime.item").put("status", "completed");
        String previous = event.path("previous_item_id").asText("");
        ObjectNode announced =
                previous.isEmpty()
                        ? conversation.append(item)
                        : conversation.insertAfter(previous, item);
        line.send("conversation.item.added", sent -> sent.setAll(announced));
        line.send("conversation.item.done", sent -> sent.setAll(announced));
        return Optional.empty();
    }

    private Optional<Refusal> checkIds(JsonNode event, JsonNode item) {
        String id = item.path("id").asText("");
        if (!id.isEmpty() && conversation.find(id).isPresent()) {
            return Optional.of(
                    Refusal.of(
                            "item_create_duplicate_item_id",
                            "Error adding item: an item with ID '" + id + "' already exists.",
                            "item.id"));
        }
        String previous = event.path("previous_item_id").asText("");
        if (!previous.isEmpty()
                && !previous.equals("root")
                && conversation.find(previous).isEmpty()) {
            return Optional.of(
                    Refusal.value(
                            "previous_item_id", "no item '" + previous + "' in this conversation"));
        }
        if (item.path("type").asText("").equals("function_call_output")) {
            return checkCallId(item.path("call_id").asText(""));
        }
        return Optional.empty();
    }

    private Optional<Refusal> checkCallId(String callId) {
        if (conversation.toolOf(callId).isEmpty()) {
            return Optional.of(
                    Refusal.of(
                            "invalid_tool_call_id",
                            "Tool call ID '" + callId + "' not found in conversation.",
                            "item.call_id"));
        }
        return conversation.hasOutputFor(callId)
                ? Optional.of(
                        Refusal.of(
                                "invalid_tool_call_id",
                                "Tool call ID '" + callId + "' already has an output.",
                                "item.call_id"))
                : Optional.empty();
    }

    Optional<Refusal> truncate(JsonNode event) {
        String itemId = event.path("item_id").asText("");
        Optional<ObjectNode> found =
                conversation
                        .find(itemId)
                        .filter(item -> item.path("role").asText("").equals("assistant"));
        if (found.isEmpty()) {
            return Optional.of(
                    Refusal.of(
                            "item_truncate_invalid_item_id",
                            "Error truncating item: the item with id '"
                                    + itemId
                                    + "' does not exist.",
                            "item_id"));
        }
        int audioEndMillis = event.path("audio_end_ms").asInt();
        int generatedMillis = conversation.generatedMillis(itemId);
        if (audioEndMillis > generatedMillis) {
            return Optional.of(
                    Refusal.of(
                            "invalid_value",
                            "Audio content of %dms is already shorter than %dms"
                                    .formatted(generatedMillis, audioEndMillis),
                            "audio_end_ms"));
        }
        conversation.truncate(found.get(), audioEndMillis);
        line.send(
                "conversation.item.truncated",
                sent ->
                        sent.put("item_id", itemId)
                                .put("content_index", 0)
                                .put("audio_end_ms", audioEndMillis));
        return Optional.empty();
    }

    Optional<Refusal> delete(JsonNode event) {
        String itemId = event.path("item_id").asText("");
        Optional<ObjectNode> found = conversation.find(itemId);
        found.ifPresent(conversation::remove);
        if (found.isPresent()) {
            line.send("conversation.item.deleted", sent -> sent.put("item_id", itemId));
            return Optional.empty();
        }
        return Optional.of(missing("item_delete_invalid_item_id", "deleting", itemId));
    }

    Optional<Refusal> retrieve(JsonNode event) {
        String itemId = event.path("item_id").asText("");
        Optional<ObjectNode> found = conversation.find(itemId);
        found.ifPresent(item ->
                line.send(
                        "conversation.item.retrieved", sent -> sent.set("item", item.deepCopy())));
        return found.isPresent()
                ? Optional.empty()
                : Optional.of(missing("item_retrieve_invalid_item_id", "retrieving", itemId));
    }

    private static Refusal missing(String code, String doing, String itemId) {
        return Refusal.of(
                code,
                "Error " + doing + " item: the item with id '" + itemId + "' does not exist.",
                "item_id");
    }
}
