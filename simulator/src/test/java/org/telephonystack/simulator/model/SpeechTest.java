package org.telephonystack.simulator.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.telephonystack.simulator.model.RealtimeClient.only;
import static org.telephonystack.simulator.model.RealtimeClient.types;
import static org.telephonystack.simulator.script.ModelStep.say;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.Test;
import org.telephonystack.simulator.script.ModelQuirk;
import org.telephonystack.simulator.script.ModelScript;
import org.telephonystack.simulator.sound.Clips;

import java.util.List;

class SpeechTest extends ScriptedModelTest {

    private static final String TRANSCRIPT =
            "conversation.item.input_audio_transcription.completed";

    private static final ModelScript SCRIPT =
            ModelScript.greeting(say("Hello Maria")).onHearing("book", say("Which day?"));

    @Test
    void speechAndSilenceMakeATurnThatIsAnswered() {
        model.script(MARIA, SCRIPT);
        RealtimeClient client = callOf(MARIA);
        speak(client, "book");

        List<JsonNode> events = client.until("response.done");

        assertThat(types(events).subList(0, 6))
                .containsExactly(
                        "input_audio_buffer.speech_started",
                        "input_audio_buffer.speech_stopped",
                        "input_audio_buffer.committed",
                        "conversation.item.added",
                        "conversation.item.done",
                        "response.created");
        String itemId = events.getFirst().path("item_id").asText();
        assertThat(events.get(2).path("item_id").asText()).isEqualTo(itemId);
        assertThat(events.getLast().at("/response/output/0/content/0/transcript").asText())
                .isEqualTo("Which day?");
        assertThat(model.violations()).isEmpty();
    }

    @Test
    void speechIsTimedBySamplesSinceTheSessionBegan() {
        RealtimeClient client = callOf(MARIA).appendSilence(2000);
        speak(client, "book");

        int startMillis =
                client.await("input_audio_buffer.speech_started").path("audio_start_ms").asInt();
        int endMillis =
                client.await("input_audio_buffer.speech_stopped").path("audio_end_ms").asInt();

        int clipMillis = (int) Clips.caller().get("book").length().toMillis();
        assertThat(startMillis).isBetween(1650, 1950);
        assertThat(endMillis).isBetween(2000 + clipMillis, 2000 + clipMillis + 440);
    }

    @Test
    void recordedSentencesAreUnderstood() {
        RealtimeClient client = callOf(MARIA);
        speak(client, "tickets");

        assertThat(client.await(TRANSCRIPT).path("transcript").asText())
                .isEqualTo("Is my ticket solved?");
    }

    @Test
    void whatNobodyRecordedIsTakenForWhatTheScriptExpects() {
        model.script(MARIA, SCRIPT);
        RealtimeClient client = callOf(MARIA).append(Mulaw.hum(1000)).appendSilence(600);

        assertThat(client.await(TRANSCRIPT).path("transcript").asText()).isEqualTo("book");
    }

    @Test
    void theTranscriptMayComeAfterTheAnswerOrNever() {
        model.script(MARIA, SCRIPT.with(ModelQuirk.LATE_TRANSCRIPTION));
        RealtimeClient late = callOf(MARIA);
        speak(late, "book");
        assertThat(types(late.until("response.done"))).doesNotContain(TRANSCRIPT);
        late.await(TRANSCRIPT);

        model.script(MARIA, SCRIPT.with(ModelQuirk.NO_TRANSCRIPTION));
        RealtimeClient never = callOf(MARIA);
        speak(never, "book");
        never.await("conversation.item.input_audio_transcription.failed");
    }

    @Test
    void speechCancelsTheAnswerAndOnePieceIsStillUnderWay() {
        String text = "One two three four five six seven eight nine ten eleven twelve thirteen";
        model.script(MARIA, ModelScript.greeting(say(text), say(text), say(text)));
        RealtimeClient client = callOf(MARIA).requestResponse();
        client.await("response.output_audio.delta");

        speak(client, "book");
        client.await("input_audio_buffer.speech_started");
        List<JsonNode> after = client.until("response.done");

        JsonNode response = after.getLast().path("response");
        assertThat(response.path("status").asText()).isEqualTo("cancelled");
        assertThat(response.at("/status_details/reason").asText()).isEqualTo("turn_detected");
        assertThat(only(after, "response.output_audio.delta")).hasSize(1);
    }

    @Test
    void withoutInterruptionTheAnswerGoesOnAndTheNextOneIsLost() {
        String text = "One two three four five six seven eight nine ten eleven twelve thirteen";
        model.script(MARIA, ModelScript.greeting(say(text), say(text), say(text)));
        RealtimeClient client = connect();
        client.send(RealtimeClient.PHONE_SESSION.formatted(MARIA, true, false));
        client.requestResponse().await("response.created");

        speak(client, "book");

        assertThat(client.awaitError()).isEqualTo("conversation_already_has_active_response");
        assertThat(client.await("response.done").at("/response/status").asText())
                .isEqualTo("completed");
    }

    @Test
    void aClientThatCreatesResponsesItselfIsAnsweredOnRequest() {
        model.script(MARIA, SCRIPT);
        RealtimeClient client = connect();
        client.send(RealtimeClient.PHONE_SESSION.formatted(MARIA, false, true));
        speak(client, "book");

        assertThat(types(client.until(TRANSCRIPT))).doesNotContain("response.created");
        JsonNode done = client.requestResponse().await("response.done");

        assertThat(done.at("/response/output/0/content/0/transcript").asText())
                .isEqualTo("Which day?");
    }

    @Test
    void soundBeforeTheFormatsAreAgreedIsTheClientsMistake() {
        RealtimeClient client = connect().append(Clips.caller().get("book").mulaw());
        client.send(RealtimeClient.PHONE_SESSION.formatted(MARIA, true, true));
        client.await("session.updated");

        assertThat(model.violations()).isNotEmpty();
        assertThat(model.connections().getFirst().sent("input_audio_buffer.speech_started"))
                .isEmpty();
    }

    @Test
    void brokenBase64AndEmptyCommitsAreRefused() {
        RealtimeClient client = callOf(MARIA);

        client.send("{\"type\":\"input_audio_buffer.append\",\"audio\":\"?\"}");
        assertThat(client.awaitError()).isEqualTo("invalid_value");
        client.send("{\"type\":\"input_audio_buffer.commit\"}");
        assertThat(client.awaitError()).isEqualTo("input_audio_buffer_commit_empty");
    }

    private static void speak(RealtimeClient client, String clip) {
        client.append(Clips.caller().get(clip).mulaw()).appendSilence(600);
    }
}
