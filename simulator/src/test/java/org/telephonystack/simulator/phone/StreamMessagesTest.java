package org.telephonystack.simulator.phone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.Test;
import org.telephonystack.simulator.sound.Mulaw;

import java.util.Map;

class StreamMessagesTest {

    private static final String SID = "MZ" + "0".repeat(32);

    private final StreamMessages messages = new StreamMessages("AC1", "CA1", SID);

    @Test
    void everyMessageIsCountedAndMediaOnTheirOwn() throws Exception {
        byte[] frame = Mulaw.silence(Mulaw.FRAME_BYTES);

        JsonNode start = json(messages.start(Map.of("ticket", "t")));
        JsonNode first = json(messages.media(frame, SID));
        JsonNode key = json(messages.dtmf('5'));
        JsonNode second = json(messages.media(frame, SID));
        messages.skipMedia();
        JsonNode fourth = json(messages.media(frame, SID));
        JsonNode mark = json(messages.mark("g1-1"));
        JsonNode stop = json(messages.stop());

        assertThat(start.at("/sequenceNumber").asText()).isEqualTo("1");
        assertThat(start.at("/start/customParameters/ticket").asText()).isEqualTo("t");
        assertThat(start.at("/start/mediaFormat/sampleRate").isInt()).isTrue();
        assertThat(first.at("/media/chunk").isTextual()).isTrue();
        assertThat(first.at("/media/payload").asText()).hasSize(216);
        assertThat(numbers(first)).isEqualTo("2 1 0");
        assertThat(key.at("/dtmf/digit").asText()).isEqualTo("5");
        assertThat(numbers(second)).isEqualTo("4 2 20");
        assertThat(numbers(fourth)).isEqualTo("6 4 60");
        assertThat(mark.at("/mark/name").asText()).isEqualTo("g1-1");
        assertThat(stop.at("/sequenceNumber").asText()).isEqualTo("8");
        assertThat(stop.at("/stop/callSid").asText()).isEqualTo("CA1");
    }

    @Test
    void whatOurServerSendsIsJudgedStrictly() {
        String media = "{\"event\":\"media\",\"streamSid\":\"%s\",\"media\":{\"payload\":\"%s\"}}";

        assertThat(StreamOrders.read(media.formatted(SID, "/38A"), SID))
                .isInstanceOf(StreamOrders.Media.class);
        assertThat(StreamOrders.read("{\"event\":\"clear\",\"streamSid\":\"" + SID + "\"}", SID))
                .isInstanceOf(StreamOrders.Clear.class);
        assertThat(
                        new String[] {
                            media.formatted("MZother", "/38A"),
                            media.formatted(SID, "no base64!"),
                            media.formatted(SID, "UklGRiQAAAA="),
                            "{\"event\":\"clear\",\"stream_sid\":\"" + SID + "\"}",
                            "{\"event\":\"hangup\",\"streamSid\":\"" + SID + "\"}",
                            "{\"event\":\"mark\",\"streamSid\":\"" + SID + "\"}",
                            "not json"
                        })
                .allSatisfy(text ->
                        assertThat(StreamOrders.read(text, SID))
                                .isInstanceOf(StreamOrders.Refused.class));
    }

    private static String numbers(JsonNode media) {
        return media.at("/sequenceNumber").asText()
                + " "
                + media.at("/media/chunk").asText()
                + " "
                + media.at("/media/timestamp").asText();
    }

    private static JsonNode json(String text) throws Exception {
        return new ObjectMapper().readTree(text);
    }
}
