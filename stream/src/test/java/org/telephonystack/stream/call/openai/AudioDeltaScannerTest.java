package org.telephonystack.stream.call.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Random;

class AudioDeltaScannerTest {

    private final ObjectMapper json = new ObjectMapper();
    private final AudioDeltaScanner scanner = new AudioDeltaScanner();

    @Test
    void theDocumentedDeltaIsFound() {
        String message =
                """
                {"type":"response.output_audio.delta","event_id":"event_24","response_id":"resp_42",\
                "item_id":"item_a1","output_index":0,"content_index":0,"delta":"f39/fw=="}\
                """;

        assertThat(scanner.scan(message)).isTrue();

        assertThat(scanner.responseId()).isEqualTo("resp_42");
        assertThat(scanner.itemId()).isEqualTo("item_a1");
        assertThat(message.substring(scanner.payloadFrom(), scanner.payloadTo()))
                .isEqualTo("f39/fw==");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "null",
                "{\"type\":\"response.output_audio.delta\"}",
                "{\"type\":\"response.output_audio.done\",\"response_id\":\"r\",\"item_id\":\"i\",\"delta\":\"AA\"}",
                "{\"type\":\"response.output_audio.delta\",\"response_id\":\"r\",\"item_id\":\"i\"}",
                "{\"type\":\"response.output_audio.delta\",\"response_id\":\"r\",\"item_id\":\"i\",\"delta\":\"AA\"",
                "{\"type\":\"response.output_audio.delta\",\"response_id\":\"r\",\"item_id\":\"i\",\"delta\":\"AA\"} x",
                "{\"type\":\"response.output_audio.delta\",\"response_id\":\"r\",\"item_id\":\"i\",\"delta\":\"A\\/A\"}",
                "{\"type\":\"response.output_audio.delta\",\"response_id\":null,\"item_id\":\"i\",\"delta\":\"AA\"}",
                "{\"type\":\"response.output_audio.delta\",\"x\":{},\"response_id\":\"r\",\"item_id\":\"i\",\"delta\":\"AA\"}",
                "{\"type\":\"error\",\"error\":{\"message\":\"response.output_audio.delta\"}}"
            })
    void everythingElseIsLeftToTheOrdinaryParser(String message) {
        assertThat(scanner.scan(message)).isFalse();
    }

    @Test
    void idsOfAnEarlierMessageAreNotTakenForThoseOfThisOne() {
        scanner.scan(
                "{\"type\":\"response.output_audio.delta\",\"response_id\":\"r\",\"item_id\":\"i\",\"delta\":\"AA\"}");

        assertThat(scanner.scan("{\"type\":\"response.output_audio.delta\",\"delta\":\"AA\"}"))
                .isFalse();
    }

    @Test
    void whatIsFoundIsWhatTheParserReads() throws Exception {
        var random = new Random(20261122);
        int found = 0;
        for (int round = 0; round < 20_000; round++) {
            String message = randomEvent(random);
            var tree = json.readTree(message);
            boolean isAudio = tree.path("type").asText().equals("response.output_audio.delta");

            if (scanner.scan(message)) {
                found++;
                assertThat(isAudio).as(message).isTrue();
                assertThat(scanner.responseId()).isEqualTo(tree.path("response_id").asText());
                assertThat(scanner.itemId()).isEqualTo(tree.path("item_id").asText());
                assertThat(message.substring(scanner.payloadFrom(), scanner.payloadTo()))
                        .isEqualTo(tree.path("delta").asText());
            } else {
                assertThat(isAudio && message.indexOf('\\') < 0 && isFlat(tree))
                        .as(message)
                        .isFalse();
            }
        }
        assertThat(found).isGreaterThan(5_000);
    }

    private static boolean isFlat(com.fasterxml.jackson.databind.JsonNode tree) {
        for (var value : tree) {
            if (!value.isTextual() && !value.isNumber()) {
                return false;
            }
        }
        return true;
    }

    private String randomEvent(Random random) throws Exception {
        List<String> fields =
                new ArrayList<>(
                        List.of(
                                "type",
                                "event_id",
                                "response_id",
                                "item_id",
                                "delta",
                                "output_index"));
        if (random.nextInt(4) == 0) {
            fields.addAll(List.of("obfuscation", "delta_x", "xtype"));
        }
        Collections.shuffle(fields, random);
        ObjectNode event = json.createObjectNode();
        for (String field : fields) {
            switch (field) {
                case "type" ->
                        event.put(
                                field,
                                random.nextInt(4) > 0
                                        ? "response.output_audio.delta"
                                        : "response.output_audio_transcript.delta");
                case "delta" -> event.put(field, payload(random));
                case "output_index" -> event.put(field, random.nextInt(40) - 2);
                case "obfuscation" -> odd(event, field, random);
                default -> event.put(field, field + "_" + random.nextInt(3) + oddity(random));
            }
        }
        return random.nextBoolean()
                ? json.writeValueAsString(event)
                : json.writer().with(SerializationFeature.INDENT_OUTPUT).writeValueAsString(event);
    }

    private static void odd(ObjectNode event, String field, Random random) {
        switch (random.nextInt(4)) {
            case 0 -> event.putObject(field).put("type", "response.output_audio.delta");
            case 1 -> event.putNull(field);
            case 2 -> event.put(field, true);
            default -> event.put(field, 1.5e3);
        }
    }

    private static String oddity(Random random) {
        return switch (random.nextInt(20)) {
            case 0 -> "\"quoted\"";
            case 1 -> "back\\slash";
            case 2 -> "{,}:[";
            case 3 -> "é😀";
            default -> "";
        };
    }

    private static String payload(Random random) {
        byte[] bytes = new byte[random.nextInt(400)];
        random.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
