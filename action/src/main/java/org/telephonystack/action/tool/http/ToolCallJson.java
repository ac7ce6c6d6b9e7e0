package org.telephonystack.action.tool.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import org.telephonystack.model.CallSid;
import org.telephonystack.model.tool.ToolCall;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/// Reads the envelope of a tool call. Names nobody knows are ignored: a newer stream may send more than we know.
final class ToolCallJson {

    /// What a body comes to.
    sealed interface Reading {
        record Valid(ToolCall call) implements Reading {}

        /// JSON, but no tool call.
        record NoToolCall(String problem) implements Reading {}

        record NoJson() implements Reading {}
    }

    private static final int DEEPEST = 16;
    private static final int NAME_LENGTH = 100;
    private static final int ID_LENGTH = 200;

    private static final JsonMapper JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(DEEPEST)
                                                    .build())
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private static final TypeReference<Map<String, Object>> PARAMS = new TypeReference<>() {};

    private ToolCallJson() {}

    static Reading read(byte[] body) {
        try {
            JsonNode root = JSON.readTree(body);
            if (root.isMissingNode()) {
                return new Reading.NoJson();
            }
            return root.isObject() ? call(root) : new Reading.NoToolCall("the body is no object");
        } catch (IOException e) {
            return new Reading.NoJson();
        }
    }

    private static Reading call(JsonNode root) {
        JsonNode action = root.path("action");
        JsonNode params = root.path("params");
        JsonNode callSid = root.path("callSid");
        JsonNode id = root.path("toolCallId");
        if (!action.isTextual() || action.textValue().length() > NAME_LENGTH) {
            return new Reading.NoToolCall("action is no name");
        }
        if (isThere(params) && !params.isObject()) {
            return new Reading.NoToolCall("params is no object");
        }
        // A CallSid we cannot read must not turn into "no CallSid": then the model's own number
        // would count.
        Optional<CallSid> sid =
                callSid.isTextual() ? CallSid.parse(callSid.textValue()) : Optional.empty();
        if (isThere(callSid) && sid.isEmpty()) {
            return new Reading.NoToolCall("callSid is none");
        }
        if (isThere(id) && (!id.isTextual() || !isShortName(id.textValue()))) {
            return new Reading.NoToolCall("toolCallId is none");
        }
        return new Reading.Valid(
                new ToolCall(
                        action.textValue(),
                        isThere(params) ? JSON.convertValue(params, PARAMS) : Map.of(),
                        sid,
                        isThere(id) ? Optional.of(id.textValue()) : Optional.empty()));
    }

    private static boolean isShortName(String text) {
        return !text.isBlank()
                && text.length() <= ID_LENGTH
                && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    private static boolean isThere(JsonNode node) {
        return !node.isMissingNode() && !node.isNull();
    }
}
