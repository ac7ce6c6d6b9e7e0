package org.telephonystack.simulator.model;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.Map;
import java.util.TreeMap;

/// A function the model calls: its arguments come in two pieces.
final class CalledItem extends OutputItem {

    private final String callId;
    private final String tool;
    private final String arguments;
    private int sentCharacters;

    CalledItem(
            Line line,
            Conversation conversation,
            String responseId,
            int outputIndex,
            String tool,
            Map<String, String> arguments) {
        super(line, conversation, responseId, outputIndex);
        this.callId = line.newId("call");
        this.tool = tool;
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        new TreeMap<>(arguments).forEach(json::put);
        this.arguments = json.toString();
    }

    @Override
    boolean emitNext() {
        int half = Math.max(1, arguments.length() / 2);
        int from = sentCharacters;
        int to = from == 0 ? half : arguments.length();
        sentCharacters = to;
        line.send(
                "response.function_call_arguments.delta",
                event ->
                        address(event)
                                .put("call_id", callId)
                                .put("delta", arguments.substring(from, to)));
        return to < arguments.length();
    }

    @Override
    void finish() {
        line.send(
                "response.function_call_arguments.done",
                event ->
                        address(event)
                                .put("call_id", callId)
                                .put("name", tool)
                                .put("arguments", arguments.substring(0, sentCharacters)));
    }

    @Override
    ObjectNode describe(String status) {
        ObjectNode item = JsonNodeFactory.instance.objectNode();
        item.put("id", itemId).put("object", "realtime.item").put("type", "function_call");
        return item.put("status", status)
                .put("name", tool)
                .put("call_id", callId)
                .put("arguments", arguments.substring(0, sentCharacters));
    }
}
