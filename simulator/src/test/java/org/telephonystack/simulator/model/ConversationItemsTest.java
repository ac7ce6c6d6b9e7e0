package org.telephonystack.simulator.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.telephonystack.simulator.script.ModelStep.say;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.Test;
import org.telephonystack.simulator.script.ModelScript;

class ConversationItemsTest extends ScriptedModelTest {

    @Test
    void anItemIsAddedThenDoneAndKnowsWhatCameBefore() {
        RealtimeClient client = callOf(MARIA);
        create(client, "", message("u1", "user", "input_text"));
        client.await("conversation.item.added");
        client.await("conversation.item.done");

        create(client, "", message("u2", "system", "input_text"));

        assertThat(client.await("conversation.item.added").path("previous_item_id").asText())
                .isEqualTo("u1");
        assertThat(client.await("conversation.item.done").at("/item/id").asText()).isEqualTo("u2");
    }

    @Test
    void anItemGoesWhereItIsTold() {
        RealtimeClient client = callOf(MARIA);
        create(client, "", message("u1", "user", "input_text"));
        client.await("conversation.item.done");

        create(client, "root", message("u0", "system", "input_text"));
        assertThat(client.await("conversation.item.done").path("previous_item_id").isNull())
                .isTrue();

        create(client, "nowhere", message("u2", "user", "input_text"));
        assertThat(client.awaitError()).isEqualTo("invalid_value");
    }

    @Test
    void theAssistantsWordsComeBackAsTextOnly() {
        RealtimeClient client = callOf(MARIA);

        create(client, "", message("a1", "assistant", "output_audio"));
        JsonNode error = client.await("error").path("error");

        assertThat(error.path("code").asText()).isEqualTo("missing_required_parameter");
        assertThat(error.path("param").asText()).isEqualTo("item.content[0].text");
        create(client, "", message("a1", "assistant", "output_text"));
        client.await("conversation.item.done");
    }

    @Test
    void idsAreShortAndUnique() {
        RealtimeClient client = callOf(MARIA);
        create(client, "", message("x".repeat(33), "user", "input_text"));
        assertThat(client.awaitError()).isEqualTo("string_above_max_length");

        create(client, "", message("u1", "user", "input_text"));
        create(client, "", message("u1", "user", "input_text"));
        assertThat(client.awaitError()).isEqualTo("item_create_duplicate_item_id");
    }

    @Test
    void onlyWhatWasGeneratedCanBeTruncated() {
        model.script(MARIA, ModelScript.greeting(say("Hello there")));
        RealtimeClient client = callOf(MARIA).requestResponse();
        String itemId = client.await("response.done").at("/response/output/0/id").asText();

        client.send(truncate(itemId, 60_000));
        assertThat(client.await("error").at("/error/message").asText())
                .matches("Audio content of \\d+ms is already shorter than 60000ms");
        client.send(truncate(itemId, 120));

        assertThat(client.await("conversation.item.truncated").path("audio_end_ms").asInt())
                .isEqualTo(120);
        client.send(truncate("item_nobody", 1));
        assertThat(client.awaitError()).isEqualTo("item_truncate_invalid_item_id");
        client.send(truncate(itemId, 120).replace("120", "120.5"));
        assertThat(client.awaitError()).isEqualTo("invalid_type");
    }

    @Test
    void itemsAreDeletedAndRetrieved() {
        RealtimeClient client = callOf(MARIA);
        create(client, "", message("u1", "user", "input_text"));
        client.send("{\"type\":\"conversation.item.retrieve\",\"item_id\":\"u1\"}");
        assertThat(client.await("conversation.item.retrieved").at("/item/id").asText())
                .isEqualTo("u1");

        client.send("{\"type\":\"conversation.item.delete\",\"item_id\":\"u1\"}");
        client.await("conversation.item.deleted");
        client.send("{\"type\":\"conversation.item.delete\",\"item_id\":\"u1\"}");

        assertThat(client.awaitError()).isEqualTo("item_delete_invalid_item_id");
    }

    private static String truncate(String itemId, int millis) {
        return "{\"type\":\"conversation.item.truncate\",\"item_id\":\"%s\",\"content_index\":0,\"audio_end_ms\":%d}"
                .formatted(itemId, millis);
    }

    private static String message(String id, String role, String content) {
        return "{\"id\":\"%s\",\"type\":\"message\",\"role\":\"%s\",\"content\":[{\"type\":\"%s\",\"text\":\"Hello\"}]}"
                .formatted(id, role, content);
    }

    private static void create(RealtimeClient client, String previous, String item) {
        String after = previous.isEmpty() ? "" : "\"previous_item_id\":\"" + previous + "\",";
        client.send("{\"type\":\"conversation.item.create\"," + after + "\"item\":" + item + "}");
    }
}
