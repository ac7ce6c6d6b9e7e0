package org.telephonystack.simulator.model;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The items of one session in their order.
final class Conversation {

    private final List<ObjectNode> items = new ArrayList<>();
    private final Map<String, Integer> generatedBytes = new HashMap<>();

    Optional<ObjectNode> find(String itemId) {
        return items.stream().filter(item -> idOf(item).equals(itemId)).findFirst();
    }

    /// The tool a call id belongs to; empty when this session never made that call.
    Optional<String> toolOf(String callId) {
        return items.stream()
                .filter(item -> item.path("type").asText("").equals("function_call"))
                .filter(item -> item.path("call_id").asText("").equals(callId))
                .map(item -> item.path("name").asText(""))
                .findFirst();
    }

    boolean hasOutputFor(String callId) {
        return items.stream()
                .filter(item -> item.path("type").asText("").equals("function_call_output"))
                .anyMatch(item -> item.path("call_id").asText("").equals(callId));
    }

    /// At the end.
    ///
    /// @return `previous_item_id` and `item`, as the events that announce the item carry them
    ObjectNode append(ObjectNode item) {
        items.add(item);
        return announcement(item);
    }

    /// @param previousItemId `root` or an id this conversation has
    ObjectNode insertAfter(String previousItemId, ObjectNode item) {
        int at = 0;
        while (!previousItemId.equals("root")
                && at < items.size()
                && !idOf(items.get(at)).equals(previousItemId)) {
            at++;
        }
        items.add(previousItemId.equals("root") ? 0 : Math.min(at + 1, items.size()), item);
        return announcement(item);
    }

    ObjectNode announcement(ObjectNode item) {
        int at = items.indexOf(item);
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        fields.put("previous_item_id", at <= 0 ? null : idOf(items.get(at - 1)));
        fields.set("item", item.deepCopy());
        return fields;
    }

    Optional<String> lastId() {
        return items.isEmpty() ? Optional.empty() : Optional.of(idOf(items.getLast()));
    }

    void remove(ObjectNode item) {
        items.remove(item);
    }

    void generated(String itemId, int bytes) {
        generatedBytes.merge(itemId, bytes, Integer::sum);
    }

    int generatedMillis(String itemId) {
        return generatedBytes.getOrDefault(itemId, 0) / SpeechDetector.BYTES_PER_MILLI;
    }

    /// What was not heard is forgotten, and the words with it.
    void truncate(ObjectNode item, int audioEndMillis) {
        generatedBytes.put(idOf(item), audioEndMillis * SpeechDetector.BYTES_PER_MILLI);
        item.withArray("content").forEach(part -> ((ObjectNode) part).putNull("transcript"));
    }

    private static String idOf(ObjectNode item) {
        return item.path("id").asText("");
    }
}
