package org.telephonystack.simulator.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.telephonystack.simulator.model.RealtimeClient.only;
import static org.telephonystack.simulator.model.RealtimeClient.types;
import static org.telephonystack.simulator.script.ModelStep.call;
import static org.telephonystack.simulator.script.ModelStep.say;
import static org.telephonystack.simulator.script.ModelStep.sayScriptOf;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.Test;
import org.telephonystack.simulator.script.ModelQuirk;
import org.telephonystack.simulator.script.ModelScript;
import org.telephonystack.simulator.script.ModelStep;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

class ResponseTest extends ScriptedModelTest {

    @Test
    void aResponseComesInTheOrderOfTheRealOne() {
        model.script(MARIA, ModelScript.greeting(say("Hello Maria")));

        List<JsonNode> events = callOf(MARIA).requestResponse().until("response.done");

        assertThat(types(events).stream().distinct())
                .containsExactly(
                        "response.created",
                        "rate_limits.updated",
                        "response.weather.updated",
                        "response.output_item.added",
                        "conversation.item.added",
                        "response.content_part.added",
                        "response.output_audio_transcript.delta",
                        "response.output_audio.delta",
                        "response.output_audio.done",
                        "response.output_audio_transcript.done",
                        "response.content_part.done",
                        "conversation.item.done",
                        "response.output_item.done",
                        "response.done");
        assertThat(events.getLast().at("/response/status").asText()).isEqualTo("completed");
        assertThat(events.getLast().at("/response/output/0/content/0/transcript").asText())
                .isEqualTo("Hello Maria");
        assertThat(events.getLast().at("/response/usage/output_tokens").asInt()).isPositive();
    }

    @Test
    void soundComesInPiecesOfVaryingSizeAndTheWordsAddUp() {
        model.script(
                MARIA, ModelScript.greeting(say("One two three four five six seven eight nine")));

        List<JsonNode> events = callOf(MARIA).requestResponse().until("response.done");

        List<Integer> sizes =
                only(events, "response.output_audio.delta").stream()
                        .map(delta ->
                                Base64.getDecoder().decode(delta.path("delta").asText()).length)
                        .toList();
        assertThat(sizes.stream().distinct().count()).isGreaterThan(2);
        assertThat(
                        only(events, "response.output_audio_transcript.delta").stream()
                                .map(delta -> delta.path("delta").asText())
                                .collect(Collectors.joining()))
                .isEqualTo("One two three four five six seven eight nine");
    }

    @Test
    void oneResponseMayHoldTwoSpokenItems() {
        model.script(MARIA, ModelScript.greeting(say("First."), say("Second.")));

        JsonNode done = callOf(MARIA).requestResponse().await("response.done");

        assertThat(done.at("/response/output").size()).isEqualTo(2);
        assertThat(done.at("/response/output/1/content/0/transcript").asText())
                .isEqualTo("Second.");
    }

    @Test
    void onlyOneResponseAtATime() {
        RealtimeClient client = callOf(MARIA).requestResponse().requestResponse();

        assertThat(client.awaitError()).isEqualTo("conversation_already_has_active_response");
        client.await("response.done");
        assertThat(model.violations()).isEmpty();
        assertThat(model.connections().getFirst().races()).hasSize(1);
    }

    @Test
    void cancellingEndsTheResponseAndCancellingNothingIsAnError() {
        RealtimeClient client = callOf(MARIA);
        client.send("{\"type\":\"response.cancel\",\"event_id\":\"x\"}");
        assertThat(client.awaitError()).isEqualTo("response_cancel_not_active");

        client.requestResponse().await("response.output_audio.delta");
        client.send("{\"type\":\"response.cancel\"}");

        JsonNode response = client.await("response.done").path("response");
        assertThat(response.path("status").asText()).isEqualTo("cancelled");
        assertThat(response.at("/status_details/reason").asText()).isEqualTo("client_cancelled");
        assertThat(response.at("/output/0/status").asText()).isEqualTo("incomplete");
    }

    @Test
    void toolsAreCalledTogetherAndTheirScriptIsSaidToTheLetter() {
        model.script(
                MARIA,
                ModelScript.greeting(
                        say("One moment, please."),
                        call("check_schedule", Map.of("service", "cleaning")),
                        call("list_tickets"),
                        sayScriptOf("check_schedule")));
        RealtimeClient client = callOf(MARIA).requestResponse();

        JsonNode output = client.await("response.done").at("/response/output");
        answer(client, output.get(1), "{\\\"script\\\":\\\"I have a slot.\\\"}");
        answer(client, output.get(2), "{\\\"script\\\":\\\"No tickets.\\\"}");
        client.requestResponse();

        assertThat(output.get(1).path("arguments").asText())
                .isEqualTo("{\"service\":\"cleaning\"}");
        assertThat(
                        client.await("response.done")
                                .at("/response/output/0/content/0/transcript")
                                .asText())
                .isEqualTo("I have a slot.");
        assertThat(model.violations()).isEmpty();
    }

    @Test
    void aResultNeedsACallOfThisSessionAndIsText() {
        RealtimeClient client = callOf(MARIA);

        client.send(
                """
                {"type":"conversation.item.create","item":{"type":"function_call_output","call_id":"call_x","output":"{}"}}
                """);
        assertThat(client.awaitError()).isEqualTo("invalid_tool_call_id");
        client.send(
                """
                {"type":"conversation.item.create","item":{"type":"function_call_output","call_id":"call_x","output":{}}}
                """);
        assertThat(client.awaitError()).isEqualTo("invalid_type");
    }

    @Test
    void aResponseMayFailWithoutASound() {
        model.script(
                MARIA,
                ModelScript.greeting(new ModelStep.Fail("rate_limit_exceeded"), say("Hello")));

        List<JsonNode> events = callOf(MARIA).requestResponse().until("response.done");

        JsonNode response = events.getLast().path("response");
        assertThat(response.path("status").asText()).isEqualTo("failed");
        assertThat(response.at("/status_details/error/code").asText())
                .isEqualTo("rate_limit_exceeded");
        assertThat(only(events, "response.output_audio.delta")).isEmpty();
        assertThat(model.connections().getFirst().turns().getFirst().status()).isEqualTo("failed");
    }

    @Test
    void aFailedResponseIsMadeUpForWhenAskedAgain() {
        model.script(MARIA, ModelScript.greeting(new ModelStep.Fail("server_error"), say("Hello")));
        RealtimeClient client = callOf(MARIA).requestResponse();
        client.await("response.done");

        JsonNode again = client.requestResponse().await("response.done");

        assertThat(again.at("/response/output/0/content/0/transcript").asText()).isEqualTo("Hello");
    }

    @Test
    void aResponseMayBeCutShortAndCarryNoUsage() {
        model.script(
                MARIA,
                ModelScript.greeting(new ModelStep.CutShort("This sentence is far too long."))
                        .with(ModelQuirk.NO_USAGE));

        JsonNode response = callOf(MARIA).requestResponse().await("response.done").path("response");

        assertThat(response.path("status").asText()).isEqualTo("incomplete");
        assertThat(response.at("/status_details/reason").asText()).isEqualTo("max_output_tokens");
        assertThat(response.path("usage").isNull()).isTrue();
    }

    private static void answer(RealtimeClient client, JsonNode call, String output) {
        client.send(
                """
                {"type":"conversation.item.create","item":{"type":"function_call_output","call_id":"%s","output":"%s"}}
                """
                        .formatted(call.path("call_id").asText(), output));
    }
}
