package org.telephonystack.simulator.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.telephonystack.simulator.script.ModelQuirk;
import org.telephonystack.simulator.script.ModelScript;

class SessionUpdateTest extends ScriptedModelTest {

    @Test
    void aSessionStartsWithTheServicesOwnSoundFormat() {
        JsonNode created = connect().await("session.created");

        assertThat(created.at("/session/audio/input/format/type").asText()).isEqualTo("audio/pcm");
        assertThat(created.at("/session/audio/output/format/rate").asInt()).isEqualTo(24000);
        assertThat(created.at("/session/model").asText()).isEqualTo("gpt-realtime-2.1");
    }

    @Test
    void anUpdateIsEchoedWithTheWholeEffectiveSession() {
        RealtimeClient client = connect();
        client.send(RealtimeClient.PHONE_SESSION.formatted(MARIA, true, true));

        JsonNode session = client.await("session.updated").path("session");

        assertThat(session.at("/audio/input/format").toString())
                .isEqualTo("{\"type\":\"audio/pcmu\"}");
        assertThat(session.at("/audio/output/voice").asText()).isEqualTo("shimmer");
        assertThat(session.at("/tool_choice").asText()).isEqualTo("auto");
        assertThat(session.at("/audio/input/turn_detection/idle_timeout_ms").isNull()).isTrue();
        assertThat(model.violations()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"instructions":"x"}                                                | missing_required_parameter | session.type
                    {"type":"realtime","temperature":0.8}                               | unknown_parameter | session.temperature
                    {"type":"realtime","modalities":["audio"]}                          | unknown_parameter | session.modalities
                    {"type":"realtime","model":"gpt-realtime"}                          | invalid_value     | session.model
                    {"type":"realtime","output_modalities":["text","audio"]}            | invalid_value     | session.output_modalities
                    {"type":"realtime","max_output_tokens":5000}                        | invalid_value     | session.max_output_tokens
                    {"type":"realtime","audio":{"input":{"format":{"type":"audio/pcmu","rate":8000}}}} | unknown_parameter | session.audio.input.format.rate
                    {"type":"realtime","audio":{"output":{"voice":"nobody"}}}           | missing           | session.audio.output.voice
                    {"type":"realtime","audio":{"input":{"turn_detection":{"type":"server_vad","threshold":2}}}} | invalid_value | session.audio.input.turn_detection.threshold
                    {"type":"realtime","tools":[{"type":"function","function":{"name":"x"}}]} | missing_required_parameter | session.tools[0].name
                    {"type":"realtime","tools":[{"type":"function","name":"x","strict":true}]} | unknown_parameter | session.tools[0].strict
                    """)
    void whatTheServiceDoesNotKnowIsRefused(String session, String code, String param) {
        RealtimeClient client = connect();
        client.send(
                "{\"type\":\"session.update\",\"event_id\":\"e1\",\"session\":" + session + "}");

        JsonNode error = client.await("error").path("error");

        assertThat(error.path("code").asText())
                .isEqualTo(code.equals("missing") ? "invalid_type" : code);
        assertThat(error.path("param").asText()).isEqualTo(param);
        assertThat(error.path("event_id").asText()).isEqualTo("e1");
        assertThat(model.violations()).hasSize(1);
    }

    @Test
    void aRefusedUpdateChangesNothingAtAll() {
        RealtimeClient client = connect();
        client.send(
                """
                {"type":"session.update","session":{"type":"realtime","instructions":"new","temperature":1}}
                """);
        client.await("error");
        client.send("{\"type\":\"session.update\",\"session\":{\"type\":\"realtime\"}}");

        assertThat(client.await("session.updated").at("/session/instructions").asText())
                .isNotEqualTo("new");
    }

    @Test
    void nullClearsWhatMayBeAbsent() {
        RealtimeClient client = callOf(MARIA);
        client.send(
                """
                {"type":"session.update","session":{"type":"realtime","audio":{"input":{"turn_detection":null}}}}
                """);

        JsonNode session = client.await("session.updated").path("session");

        assertThat(session.at("/audio/input/turn_detection").isNull()).isTrue();
        assertThat(session.at("/audio/input/format/type").asText()).isEqualTo("audio/pcmu");
    }

    @Test
    void modelsThatDoNotReasonRefuseToBeToldHow() {
        String update =
                "{\"type\":\"session.update\",\"session\":{\"type\":\"realtime\",\"reasoning\":{\"effort\":\"low\"}}}";

        RealtimeClient older =
                RealtimeClient.connect(
                        vertx, model, RealtimeClient.KEY, "/v1/realtime?model=gpt-realtime-1.5");

        assertThat(older.send(update).awaitError()).isEqualTo("unknown_parameter");
        assertThat(
                        connect()
                                .send(update)
                                .await("session.updated")
                                .at("/session/reasoning/effort")
                                .asText())
                .isEqualTo("low");
    }

    @Test
    void theVoiceStaysOnceItWasHeard() {
        RealtimeClient client = callOf(MARIA).requestResponse();
        client.await("response.done");

        client.send(
                """
                {"type":"session.update","session":{"type":"realtime","audio":{"output":{"voice":"cedar"}}}}
                """);

        assertThat(client.awaitError()).isEqualTo("cannot_update_voice");
    }

    @Test
    void aScriptMayRefuseEveryUpdateAndTheClientIsNotToBlame() {
        model.script(MARIA, ModelScript.greeting().with(ModelQuirk.REFUSE_SESSION_UPDATE));
        RealtimeClient client =
                connect().send(RealtimeClient.PHONE_SESSION.formatted(MARIA, true, true));

        assertThat(client.await("error").at("/error/event_id").asText()).isEqualTo("cfg");
        assertThat(model.violations()).isEmpty();
    }

    @Test
    void eventsNobodyKnowsAndBrokenOnesAreRefused() {
        RealtimeClient client = connect();

        assertThat(client.send("{\"type\":\"response.audio.clear\"}").awaitError())
                .isEqualTo("invalid_value");
        assertThat(client.send("{\"event_id\":\"e\"}").awaitError()).isEqualTo("invalid_event");
        assertThat(client.send("not json").awaitError()).isEqualTo("invalid_event");
        assertThat(client.send("{\"type\":\"response.create\",\"stream\":true}").awaitError())
                .isEqualTo("unknown_parameter");
    }
}
