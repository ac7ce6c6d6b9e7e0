package org.telephonystack.stream.call.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.telephonystack.stream.call.ModelBrief;
import org.telephonystack.stream.call.ModelBrief.Spoken;
import org.telephonystack.stream.call.VoiceModel.Purpose;

import java.util.Locale;
import java.util.Map;

/// Writes what we say to the Realtime API. Every command but audio carries an `event_id`, by which an error names it: its
/// first letter says what it was (`s`ession, `i`tem, `r`esponse, `t`runcate, `c`ancel).
///
/// @see <a href="https://platform.openai.com/docs/api-reference/realtime-client-events">client events</a> (2026-11)
final class RealtimeEncoder {

    private static final String APPEND = "{\"type\":\"input_audio_buffer.append\",\"audio\":\"";
    private static final String APPEND_END = "\"}";

    private final ObjectMapper json;
    private final RealtimeSettings settings;
    private final StringBuilder frame = new StringBuilder(512).append(APPEND);
    private int lastId;

    RealtimeEncoder(ObjectMapper json, RealtimeSettings settings) {
        this.json = json;
        this.settings = settings;
    }

    /// One frame of caller audio; the payload is copied as it came.
    String append(String text, int from, int to) {
        frame.setLength(APPEND.length());
        return frame.append(text, from, to).append(APPEND_END).toString();
    }

    /// Everything the session is to be. The greeting is protected: no turn is taken until [#takeTurns()].
    String configure(ModelBrief brief) {
        ObjectNode event = command("s", "session.update");
        ObjectNode session = session(event, brief);
        ArrayNode tools = session.putArray("tools");
        brief.tools().forEach(tool -> tools.add(json.<ObjectNode>valueToTree(tool.schema())));
        session.put("tool_choice", "auto");
        return text(event);
    }

    /// To a session that has its tools, which are most of a brief and never another's.
    String brief(ModelBrief brief) {
        ObjectNode event = command("s", "session.update");
        session(event, brief);
        return text(event);
    }

    private ObjectNode session(ObjectNode event, ModelBrief brief) {
        ObjectNode session = event.putObject("session").put("type", "realtime");
        session.putArray("output_modalities").add("audio");
        session.put("instructions", brief.instructions());
        ObjectNode audio = session.putObject("audio");
        ObjectNode input = input(audio, false);
        input.set("noise_reduction", noiseReduction());
        input.set("transcription", transcription(brief));
        ObjectNode output = output(audio);
        output.put("voice", brief.voice().orElse(settings.voice()));
        if (settings.isReasoningModel()) {
            settings.reasoningEffort()
                    .ifPresent(effort -> session.putObject("reasoning").put("effort", effort));
            session.put("parallel_tool_calls", true);
        }
        session.put("max_output_tokens", settings.maxOutputTokens());
        return session;
    }

    /// Both formats again: a server that forgets them on a later update would speak 24 kHz PCM into the call.
    String takeTurns() {
        ObjectNode event = command("s", "session.update");
        ObjectNode audio = event.putObject("session").put("type", "realtime").putObject("audio");
        input(audio, true);
        output(audio);
        return text(event);
    }

    /// With an id of its own, by which the model says that it has it.
    String note(String text) {
        ObjectNode event = command("i", "conversation.item.create");
        ObjectNode item = event.putObject("item").put("type", "message");
        item.put("id", lastNoteId());
        content(item, "system", "input_text", text);
        return text(event);
    }

    /// Of the note written last.
    String lastNoteId() {
        return noteId(lastCommandId("i"));
    }

    /// Of the note that a command brought; of another command an id that no note has.
    static String noteId(String commandId) {
        return "note_" + (commandId.startsWith("i") ? commandId.substring(1) : "");
    }

    /// What was said on another connection. The assistant's voice cannot be given back, only its words; results of tools are
    /// told, because their calls are unknown here.
    String replay(Spoken part) {
        ObjectNode event = command("i", "conversation.item.create");
        ObjectNode item = event.putObject("item").put("type", "message");
        switch (part.speaker()) {
            case CALLER -> content(item, "user", "input_text", part.text());
            case ASSISTANT -> content(item, "assistant", "output_text", part.text());
            case NOTE -> content(item, "system", "input_text", part.text());
        }
        return text(event);
    }

    private static void content(ObjectNode item, String role, String type, String text) {
        item.put("role", role).putArray("content").addObject().put("type", type).put("text", text);
    }

    String toolAnswer(String callId, Map<String, Object> fields) {
        ObjectNode event = command("i", "conversation.item.create");
        event.putObject("item")
                .put("type", "function_call_output")
                .put("call_id", callId)
                .put("output", text(json.valueToTree(fields)));
        return text(event);
    }

    String respond(Purpose purpose) {
        ObjectNode event = command("r", "response.create");
        ObjectNode response = event.putObject("response");
        // After much text, models have been seen to go on in text.
        response.putArray("output_modalities").add("audio");
        response.putObject("metadata").put("purpose", purpose.name().toLowerCase(Locale.ROOT));
        switch (purpose) {
            case GREETING, WORDS_ONLY -> response.put("tool_choice", "none");
            case ANSWER -> {}
        }
        return text(event);
    }

    String cancel(String responseId) {
        return text(command("c", "response.cancel").put("response_id", responseId));
    }

    String truncate(String itemId, long heardMillis) {
        return text(
                command("t", "conversation.item.truncate")
                        .put("item_id", itemId)
                        .put("content_index", 0)
                        .put("audio_end_ms", heardMillis));
    }

    /// The id of the command written last.
    String lastCommandId(String kind) {
        return kind + lastId;
    }

    private ObjectNode command(String kind, String type) {
        lastId++;
        return json.createObjectNode().put("event_id", lastCommandId(kind)).put("type", type);
    }

    private ObjectNode input(ObjectNode audio, boolean takesTurns) {
        ObjectNode input = audio.putObject("input");
        input.putObject("format").put("type", "audio/pcmu");
        ObjectNode detection = input.putObject("turn_detection").put("type", "server_vad");
        detection.put("threshold", settings.threshold());
        detection.put("prefix_padding_ms", settings.prefixPadding().toMillis());
        detection.put("silence_duration_ms", settings.silence().toMillis());
        detection.put("create_response", takesTurns);
        detection.put("interrupt_response", takesTurns);
        detection.putNull("idle_timeout_ms");
        return input;
    }

    private static ObjectNode output(ObjectNode audio) {
        ObjectNode output = audio.putObject("output");
        output.putObject("format").put("type", "audio/pcmu");
        return output;
    }

    private JsonNode noiseReduction() {
        return settings.noiseReduction()
                .<JsonNode>map(type -> json.createObjectNode().put("type", type))
                .orElseGet(json::nullNode);
    }

    private JsonNode transcription(ModelBrief brief) {
        if (settings.transcriptionModel().isEmpty()) {
            return json.nullNode();
        }
        String model = settings.transcriptionModel().get();
        ObjectNode transcription = json.createObjectNode().put("model", model);
        brief.language()
                .ifPresent(language -> {
                    if (model.startsWith("gpt-transcribe")) {
                        transcription.putArray("languages").add(language);
                    } else {
                        transcription.put("language", language);
                    }
                });
        return transcription;
    }

    private String text(JsonNode node) {
        try {
            return json.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of our own could not be written", e);
        }
    }
}
