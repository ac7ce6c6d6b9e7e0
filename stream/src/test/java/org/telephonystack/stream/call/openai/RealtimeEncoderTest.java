package org.telephonystack.stream.call.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.openai.core.ObjectMappers;
import com.openai.models.realtime.ConversationItemCreateEvent;
import com.openai.models.realtime.ConversationItemTruncateEvent;
import com.openai.models.realtime.InputAudioBufferAppendEvent;
import com.openai.models.realtime.ResponseCancelEvent;
import com.openai.models.realtime.ResponseCreateEvent;
import com.openai.models.realtime.SessionUpdateEvent;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.telephonystack.model.tool.Tools;
import org.telephonystack.simulator.vendor.AdditionalProperties;
import org.telephonystack.stream.call.ModelBrief;
import org.telephonystack.stream.call.ModelBrief.Speaker;
import org.telephonystack.stream.call.ModelBrief.Spoken;
import org.telephonystack.stream.call.VoiceModel.Purpose;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Everything we say is held against the vendor's own types: valid, and read and written again by them without a field lost
/// to "additional properties".
class RealtimeEncoderTest {

    private static final ModelBrief BRIEF =
            new ModelBrief(
                    "You are \"a\" receptionist.\n",
                    Tools.ALL,
                    Optional.empty(),
                    Optional.of("en"));

    private final ObjectMapper json = new ObjectMapper();
    private final RealtimeSettings settings =
            RealtimeSettings.defaults(URI.create("http://localhost"), "sk-test");
    private final RealtimeEncoder encoder = new RealtimeEncoder(json, settings);

    @Test
    void theSessionIsTheContracts() throws Exception {
        String command = encoder.configure(BRIEF);

        var event = typed(command, SessionUpdateEvent.class);
        event.validate();
        JsonNode session = json.readTree(command).path("session");
        assertThat(session.path("instructions").asText()).isEqualTo(BRIEF.instructions());
        assertThat(session.path("max_output_tokens").asInt()).isEqualTo(1024);
        assertThat(session.path("reasoning").path("effort").asText()).isEqualTo("low");
        assertThat(session.path("tools")).hasSize(Tools.ALL.size());
        assertThat(session.has("model")).isFalse();
        JsonNode input = session.path("audio").path("input");
        assertThat(input.path("noise_reduction").isNull()).isTrue();
        assertThat(input.path("transcription").path("model").asText()).isEqualTo("gpt-transcribe");
        JsonNode detection = input.path("turn_detection");
        assertThat(detection.path("threshold").asDouble()).isEqualTo(0.6);
        assertThat(detection.path("prefix_padding_ms").asInt()).isEqualTo(300);
        assertThat(detection.path("silence_duration_ms").asInt()).isEqualTo(400);
        assertThat(detection.has("idle_timeout_ms")).isTrue();
        assertThat(detection.path("idle_timeout_ms").isNull()).isTrue();
        assertThat(session.path("audio").path("output").path("voice").asText())
                .isEqualTo("shimmer");
    }

    @Test
    void theGreetingIsProtectedAndTurnsAreTakenAfterwardsWithBothFormatsAgain() throws Exception {
        JsonNode first = detection(encoder.configure(BRIEF));
        String command = encoder.takeTurns();
        JsonNode second = detection(command);

        assertThat(first.path("create_response").asBoolean(true)).isFalse();
        assertThat(first.path("interrupt_response").asBoolean(true)).isFalse();
        assertThat(second.path("create_response").asBoolean()).isTrue();
        assertThat(second.path("interrupt_response").asBoolean()).isTrue();
        JsonNode audio = json.readTree(command).path("session").path("audio");
        assertThat(audio.path("input").path("format").path("type").asText())
                .isEqualTo("audio/pcmu");
        assertThat(audio.path("output").path("format").path("type").asText())
                .isEqualTo("audio/pcmu");
        assertThat(audio.path("output").has("voice")).isFalse();
        typed(command, SessionUpdateEvent.class).validate();
    }

    @Test
    void modelsThatDoNotReasonAreSpokenToWithoutTheirFields() throws Exception {
        for (String model :
                new String[] {"gpt-realtime-1.5", "gpt-realtime", "gpt-realtime-2025-08-28"}) {
            JsonNode session =
                    json.readTree(new RealtimeEncoder(json, withModel(model)).configure(BRIEF))
                            .path("session");

            assertThat(session.has("reasoning")).as(model).isFalse();
            assertThat(session.has("parallel_tool_calls")).as(model).isFalse();
        }
        assertThat(withModel("gpt-realtime-2.1-mini").isReasoningModel()).isTrue();
        assertThat(withModel("gpt-realtime-2").isReasoningModel()).isTrue();
    }

    @Test
    void callerAudioIsPassedOnAsItCame() throws Exception {
        String media = "{\"media\":{\"payload\":\"f39/fw==\"}}";
        int from = media.indexOf("f39");

        String first = encoder.append(media, from, from + 8);
        String second = encoder.append("AAAA", 0, 4);

        var event = typed(first, InputAudioBufferAppendEvent.class);
        event.validate();
        assertThat(event.audio()).isEqualTo("f39/fw==");
        assertThat(typed(second, InputAudioBufferAppendEvent.class).audio()).isEqualTo("AAAA");
    }

    @ParameterizedTest
    @EnumSource(Speaker.class)
    void whatWasSaidBeforeIsOfTheVendorsTypesToo(Speaker speaker) throws Exception {
        typed(
                        encoder.replay(new Spoken(speaker, "What was \"said\".")),
                        ConversationItemCreateEvent.class)
                .validate();
    }

    @Test
    void aToolsAnswerIsAStringOfJson() throws Exception {
        String command =
                encoder.toolAnswer(
                        "call_9", Map.of("outcome", "success", "script", "It's \"booked\"."));

        var event = typed(command, ConversationItemCreateEvent.class);
        event.validate();
        var output = event.item().asFunctionCallOutput();
        assertThat(output.callId()).isEqualTo("call_9");
        assertThat(json.readTree(output.output()).path("script").asText())
                .isEqualTo("It's \"booked\".");
    }

    @Test
    void aNoteIsASystemMessage() throws Exception {
        var event =
                typed(
                        encoder.note("The caller pressed the key 2."),
                        ConversationItemCreateEvent.class);

        event.validate();
        assertThat(event.item().isRealtimeConversationItemSystemMessage()).isTrue();
    }

    @Test
    void aTruncationNamesItemPartAndWholeMilliseconds() throws Exception {
        var event = typed(encoder.truncate("item_a7", 1480), ConversationItemTruncateEvent.class);

        event.validate();
        assertThat(event.itemId()).isEqualTo("item_a7");
        assertThat(event.contentIndex()).isZero();
        assertThat(event.audioEndMs()).isEqualTo(1480);
    }

    @Test
    void responsesSayWhatTheyAreForAndOnlyTheGreetingAndPlainWordsForbidTools() throws Exception {
        for (Purpose purpose : Purpose.values()) {
            String command = encoder.respond(purpose);
            typed(command, ResponseCreateEvent.class).validate();
            JsonNode response = json.readTree(command).path("response");

            assertThat(response.path("tool_choice").asText())
                    .isEqualTo(purpose == Purpose.ANSWER ? "" : "none");
            // Instructions of a response would replace those of the session: persona and rules
            // would be gone.
            assertThat(response.has("instructions")).isFalse();
        }
    }

    @Test
    void aCancelNamesTheResponse() throws Exception {
        var event = typed(encoder.cancel("resp_42"), ResponseCancelEvent.class);

        event.validate();
        assertThat(event.responseId()).contains("resp_42");
    }

    @Test
    void aFieldTheVendorDoesNotKnowWouldBeNoticedHoweverDeepItStands() {
        for (String place :
                new String[] {
                    "\"type\":\"realtime\"", "\"threshold\":0.6", "\"voice\":\"shimmer\""
                }) {
            String planted =
                    encoder.configure(BRIEF).replace(place, place + ",\"temperature\":0.8");

            assertThatThrownBy(() -> typed(planted, SessionUpdateEvent.class))
                    .as(place)
                    .isInstanceOf(AssertionError.class);
        }
    }

    private JsonNode detection(String command) throws Exception {
        return json.readTree(command)
                .path("session")
                .path("audio")
                .path("input")
                .path("turn_detection");
    }

    private static RealtimeSettings withModel(String model) {
        return RealtimeSettings.defaults(
                RealtimeEndpoint.openAi("openai", URI.create("http://localhost"), "sk-test", model),
                Duration.ofSeconds(3),
                Duration.ofSeconds(2),
                Duration.ofSeconds(20),
                Duration.ofSeconds(5));
    }

    private <T> T typed(String command, Class<T> type) throws Exception {
        T event = ObjectMappers.jsonMapper().readValue(command, type);
        AdditionalProperties.assertNoneIn(event);
        return event;
    }
}
