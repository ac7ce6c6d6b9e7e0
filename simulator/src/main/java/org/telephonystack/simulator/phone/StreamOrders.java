package org.telephonystack.simulator.phone;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.util.Base64;

/// What our server may send on a media stream, judged as Twilio judges it.
sealed interface StreamOrders {

    /// Never compared.
    @SuppressWarnings("ArrayRecordComponent")
    record Media(byte[] sound) implements StreamOrders {}

    record Mark(String name) implements StreamOrders {}

    record Clear() implements StreamOrders {}

    /// Ignored, with a warning (31951).
    record Refused(String why) implements StreamOrders {}

    ObjectMapper JSON = new ObjectMapper();

    static StreamOrders read(String text, String streamSid) {
        JsonNode message;
        try {
            message = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return new Refused("no JSON");
        }
        String event = message.path("event").asText();
        if (!streamSid.equals(message.path("streamSid").asText())) {
            return new Refused(
                    event + " with streamSid " + message.path("streamSid").asText("(none)"));
        }
        return switch (event) {
            case "media" -> media(message.at("/media/payload"));
            case "mark" ->
                    message.at("/mark/name").isTextual()
                            ? new Mark(message.at("/mark/name").asText())
                            : new Refused("mark without a name");
            case "clear" -> new Clear();
            default -> new Refused("unknown event " + event);
        };
    }

    private static StreamOrders media(JsonNode payload) {
        if (!payload.isTextual()) {
            return new Refused("media without a payload");
        }
        try {
            byte[] sound = Base64.getDecoder().decode(payload.asText());
            boolean wav = sound.length > 3 && sound[0] == 'R' && sound[1] == 'I' && sound[2] == 'F';
            return wav ? new Refused("a WAV header, which is heard as a click") : new Media(sound);
        } catch (IllegalArgumentException e) {
            return new Refused("payload is not base64");
        }
    }
}
