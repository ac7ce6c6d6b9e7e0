package org.telephonystack.stream.call.twilio;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import org.telephonystack.model.CallSid;
import org.telephonystack.model.StreamSid;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Media Streams messages to records and back. Belongs to one socket (see [MediaScanner]).
///
/// Liberal: numbers may come as texts and texts as numbers, fields in any order, unknown ones are ignored.
final class TwilioCodec {

    static final String INBOUND = "inbound";

    private static final int NO_JSON = 1007;
    private static final int BROKEN_RULE = 1008;

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private final MediaScanner scanner = new MediaScanner();

    /// Never throws.
    TwilioMessage decode(String text) {
        TwilioMessage media = scanner.read(text);
        return media != null ? media : decodeTree(text);
    }

    /// The ordinary path, which the fast one must agree with.
    static TwilioMessage decodeTree(String text) {
        JsonNode message;
        try {
            message = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            return new TwilioMessage.Malformed(NO_JSON, "no JSON");
        }
        String streamSid = text(message, "streamSid");
        return switch (text(message, "event")) {
            case "media" -> media(streamSid, message.path("media"));
            case "mark" -> new TwilioMessage.Mark(streamSid, text(message.path("mark"), "name"));
            case "dtmf" -> new TwilioMessage.Dtmf(streamSid, text(message.path("dtmf"), "digit"));
            case "stop" -> new TwilioMessage.Stop(streamSid);
            case "connected" -> new TwilioMessage.Connected();
            case "start" -> start(streamSid, message.path("start"));
            case "" -> new TwilioMessage.Malformed(BROKEN_RULE, "no event");
            case String event -> new TwilioMessage.Unknown(forLog(event));
        };
    }

    /// The base64 in `text` from `from` to `to`. Nothing is escaped: a StreamSid is checked and audio is base64.
    static String encodeMedia(StreamSid streamSid, String text, int from, int to) {
        return new StringBuilder(to - from + 112)
                .append("{\"event\":\"media\",\"streamSid\":\"")
                .append(streamSid.value())
                .append("\",\"media\":{\"payload\":\"")
                .append(text, from, to)
                .append("\"}}")
                .toString();
    }

    static String encodeMark(StreamSid streamSid, String name) {
        return "{\"event\":\"mark\",\"streamSid\":\""
                + streamSid.value()
                + "\",\"mark\":{\"name\":\""
                + new String(JsonStringEncoder.getInstance().quoteAsString(name))
                + "\"}}";
    }

    static String encodeClear(StreamSid streamSid) {
        return "{\"event\":\"clear\",\"streamSid\":\"" + streamSid.value() + "\"}";
    }

    private static TwilioMessage media(String streamSid, JsonNode media) {
        String track = text(media, "track");
        if (!track.isEmpty() && !track.equals(INBOUND)) {
            return new TwilioMessage.Unknown("media of track " + forLog(track));
        }
        String payload = text(media, "payload");
        if (!Base64Text.isPlain(payload, 0, payload.length())) {
            return new TwilioMessage.Malformed(NO_JSON, "media without base64 payload");
        }
        long timestamp = media.path("timestamp").asLong(TwilioMessage.Media.NO_TIMESTAMP);
        return new TwilioMessage.Media(
                streamSid,
                Math.max(timestamp, TwilioMessage.Media.NO_TIMESTAMP),
                payload,
                0,
                payload.length());
    }

    private static TwilioMessage start(String outerStreamSid, JsonNode start) {
        String inner = text(start, "streamSid");
        Optional<StreamSid> streamSid = StreamSid.parse(inner.isEmpty() ? outerStreamSid : inner);
        Optional<CallSid> callSid = CallSid.parse(text(start, "callSid"));
        if (streamSid.isEmpty() || callSid.isEmpty()) {
            return new TwilioMessage.Malformed(BROKEN_RULE, "start without streamSid or callSid");
        }
        if (!outerStreamSid.isEmpty() && !outerStreamSid.equals(streamSid.get().value())) {
            return new TwilioMessage.Malformed(BROKEN_RULE, "start with two streamSids");
        }
        JsonNode format = start.path("mediaFormat");
        if (!format.path("encoding").asText("audio/x-mulaw").equals("audio/x-mulaw")
                || format.path("sampleRate").asInt(8000) != 8000
                || format.path("channels").asInt(1) != 1) {
            return new TwilioMessage.Malformed(BROKEN_RULE, "start with another audio format");
        }
        return new TwilioMessage.Start(
                streamSid.get(), callSid.get(), text(start, "accountSid"), parameters(start));
    }

    private static Map<String, String> parameters(JsonNode start) {
        var parameters = new HashMap<String, String>();
        for (Map.Entry<String, JsonNode> parameter : start.path("customParameters").properties()) {
            parameters.put(parameter.getKey(), parameter.getValue().asText());
        }
        return parameters;
    }

    private static String text(JsonNode object, String field) {
        return object.path(field).asText("");
    }

    private static String forLog(String word) {
        return (word.length() > 40 ? word.substring(0, 40) : word)
                .replaceAll("[^A-Za-z0-9_.-]", "?");
    }
}
