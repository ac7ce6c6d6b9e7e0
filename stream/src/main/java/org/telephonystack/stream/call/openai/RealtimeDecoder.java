package org.telephonystack.stream.call.openai;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.telephonystack.stream.call.ModelEvent;
import org.telephonystack.stream.call.ModelEvent.Status;
import org.telephonystack.stream.call.ModelEvent.Transcribed;
import org.telephonystack.stream.call.ModelEvent.Trouble;
import org.telephonystack.stream.call.ModelEvent.Usage;

import java.util.Map;
import java.util.Optional;

/// Reads what the Realtime API says. Unknown events are ignored, missing fields read as empty: only what a step of the call
/// needs is looked at.
final class RealtimeDecoder {

    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private final ObjectMapper json;

    RealtimeDecoder(ObjectMapper json) {
        this.json = json;
    }

    /// @throws JsonProcessingException for what is no JSON
    RealtimeEvent decode(String message) throws JsonProcessingException {
        JsonNode event = json.readTree(message);
        String item = event.path("item_id").asText();
        String response = event.path("response_id").asText();
        return switch (event.path("type").asText()) {
            case "session.created" -> new RealtimeEvent.SessionCreated();
            case "session.updated" -> sessionUpdated(event.path("session").path("audio"));
            case "error" -> error(event.path("error"));
            case "input_audio_buffer.speech_started" -> call(new ModelEvent.CallerSpeechStarted());
            case "input_audio_buffer.speech_stopped" -> call(new ModelEvent.CallerSpeechStopped());
            case "input_audio_buffer.committed" -> call(new ModelEvent.CallerItem(item));
            case "conversation.item.input_audio_transcription.completed" ->
                    call(
                            new ModelEvent.CallerTranscript(
                                    item,
                                    event.path("transcript").asText(),
                                    transcribed(event.path("usage"))));
            // Nobody will ever know: the place of these words is not waited for.
            case "conversation.item.input_audio_transcription.failed" ->
                    call(new ModelEvent.CallerTranscript(item, ""));
            case "conversation.item.added", "conversation.item.created" ->
                    itemAdded(event.path("item"));
            case "conversation.item.truncated" -> new RealtimeEvent.ItemTruncated(item);
            case "response.created" -> responseCreated(event.path("response"));
            case "response.output_audio.delta" ->
                    new RealtimeEvent.Audio(response, item, event.path("delta").asText());
            case "response.output_audio_transcript.delta" ->
                    call(
                            new ModelEvent.AssistantWords(
                                    response, item, event.path("delta").asText()));
            case "response.output_audio.done" ->
                    call(new ModelEvent.AssistantItemDone(response, item));
            case "response.output_item.done" -> itemDone(response, event.path("item"));
            case "response.done" -> responseDone(event.path("response"));
            default -> new RealtimeEvent.Ignored();
        };
    }

    /// `error.code` of an answer that is no event; empty where it has none.
    String errorCode(String body) {
        try {
            return text(json.readTree(body).path("error"), "code");
        } catch (JsonProcessingException _) {
            return "";
        }
    }

    private static RealtimeEvent sessionUpdated(JsonNode audio) {
        return new RealtimeEvent.SessionUpdated(
                audio.path("input").path("format").path("type").asText(),
                audio.path("output").path("format").path("type").asText());
    }

    private static RealtimeEvent error(JsonNode error) {
        return new RealtimeEvent.Failure(
                text(error, "type"),
                text(error, "code"),
                text(error, "event_id"),
                text(error, "message"));
    }

    private static RealtimeEvent itemAdded(JsonNode item) {
        return item.path("type").asText().equals("function_call_output")
                ? call(new ModelEvent.ToolAnswerTaken(item.path("call_id").asText()))
                : new RealtimeEvent.ItemAdded(item.path("id").asText());
    }

    /// Also sent for what an interruption left half written: only completed calls are calls.
    private RealtimeEvent itemDone(String response, JsonNode item) {
        boolean isCall =
                item.path("type").asText().equals("function_call")
                        && item.path("status").asText("completed").equals("completed");
        return isCall
                ? call(
                        new ModelEvent.ToolRequested(
                                response,
                                item.path("call_id").asText(),
                                item.path("name").asText(),
                                arguments(item.path("arguments").asText())))
                : new RealtimeEvent.Ignored();
    }

    private Optional<Map<String, Object>> arguments(String arguments) {
        if (arguments.isBlank()) {
            return Optional.of(Map.of());
        }
        try {
            return Optional.ofNullable(json.readValue(arguments, OBJECT));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /// A response beside the conversation is none of the call's; its sound is told apart by its id.
    private static RealtimeEvent responseCreated(JsonNode response) {
        return isBesideTheConversation(response)
                ? new RealtimeEvent.Ignored()
                : call(new ModelEvent.ResponseCreated(response.path("id").asText()));
    }

    private static boolean isBesideTheConversation(JsonNode response) {
        return response.path("conversation_id").isNull();
    }

    private static RealtimeEvent responseDone(JsonNode response) {
        if (isBesideTheConversation(response)) {
            return new RealtimeEvent.Ignored();
        }
        Status status =
                switch (response.path("status").asText()) {
                    case "cancelled" -> Status.CANCELLED;
                    case "incomplete" -> Status.INCOMPLETE;
                    case "failed" -> failed(response.path("status_details").path("error"));
                    default -> spoken(response.path("output"));
                };
        return call(
                new ModelEvent.ResponseDone(
                        response.path("id").asText(), status, usage(response.path("usage"))));
    }

    /// After much text, models have been seen to go on in text: an answer nobody hears.
    private static Status spoken(JsonNode output) {
        boolean isWritten = false;
        for (JsonNode item : output) {
            if (!item.path("type").asText().equals("message")) {
                return Status.COMPLETED;
            }
            for (JsonNode content : item.path("content")) {
                String type = content.path("type").asText();
                if (!type.equals("output_text") && !type.equals("text")) {
                    return Status.COMPLETED;
                }
                isWritten = true;
            }
        }
        return isWritten ? Status.TEXT_ONLY : Status.COMPLETED;
    }

    private static Status failed(JsonNode error) {
        return RealtimeErrors.ofCode(text(error, "code")) == Trouble.LASTING
                ? Status.FAILED_FOR_GOOD
                : Status.FAILED;
    }

    private static Usage usage(JsonNode usage) {
        JsonNode in = usage.path("input_token_details");
        JsonNode cached = in.path("cached_tokens_details");
        JsonNode out = usage.path("output_token_details");
        return new Usage(
                in.path("text_tokens").asLong(),
                cached.path("text_tokens").asLong(),
                in.path("audio_tokens").asLong(),
                cached.path("audio_tokens").asLong(),
                out.path("text_tokens").asLong(),
                out.path("audio_tokens").asLong());
    }

    /// Tokens or seconds, by the model; both are 0 where it does not say.
    private static Transcribed transcribed(JsonNode usage) {
        JsonNode in = usage.path("input_token_details");
        return new Transcribed(
                in.path("text_tokens").asLong(),
                in.path("audio_tokens").asLong(),
                usage.path("output_tokens").asLong(),
                usage.path("seconds").asDouble());
    }

    /// Empty for null, too: `asText` would make the word "null" of it.
    private static String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isTextual() ? value.asText() : "";
    }

    private static RealtimeEvent call(ModelEvent event) {
        return new RealtimeEvent.ForCall(event);
    }
}
