package org.telephonystack.simulator.model;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// One item of a response while it is being made.
abstract sealed class OutputItem permits SpokenItem, CalledItem {

    final Line line;
    final String responseId;
    final int outputIndex;
    final String itemId;
    private final Conversation conversation;
    private ObjectNode item;

    OutputItem(Line line, Conversation conversation, String responseId, int outputIndex) {
        this.line = line;
        this.conversation = conversation;
        this.responseId = responseId;
        this.outputIndex = outputIndex;
        this.itemId = line.newId("item");
        this.item = JsonNodeFactory.instance.objectNode();
    }

    abstract ObjectNode describe(String status);

    /// @return whether there is more to come
    abstract boolean emitNext();

    abstract void finish();

    Conversation conversation() {
        return conversation;
    }

    /// The item as it is after [#open] or [#close].
    ObjectNode item() {
        return item;
    }

    void open() {
        item = describe("in_progress");
        sendItem("response.output_item.added");
        ObjectNode announced = conversation.append(item);
        line.send("conversation.item.added", event -> event.setAll(announced));
    }

    void close(String status) {
        finish();
        item.setAll(describe(status));
        ObjectNode announced = conversation.announcement(item);
        line.send("conversation.item.done", event -> event.setAll(announced));
        sendItem("response.output_item.done");
    }

    private void sendItem(String type) {
        line.send(
                type,
                event ->
                        event.put("response_id", responseId)
                                .put("output_index", outputIndex)
                                .set("item", item.deepCopy()));
    }

    /// The ids every event of an item's content carries.
    ObjectNode address(ObjectNode event) {
        return event.put("response_id", responseId)
                .put("item_id", itemId)
                .put("output_index", outputIndex);
    }
}
