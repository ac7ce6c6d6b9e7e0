package org.telephonystack.simulator.phone;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The messages Twilio sends on one media stream, numbered: `sequenceNumber` counts all but `connected`, `chunk` the media.
final class StreamMessages {

    static final String CONNECTED =
            "{\"event\":\"connected\",\"protocol\":\"Call\",\"version\":\"1.0.0\"}";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int FRAME_MILLIS = 20;

    private final String accountSid;
    private final String callSid;
    private final String streamSid;
    private long sequence;
    private long chunk;

    StreamMessages(String accountSid, String callSid, String streamSid) {
        this.accountSid = accountSid;
        this.callSid = callSid;
        this.streamSid = streamSid;
    }

    String start(Map<String, String> customParameters) {
        var start = new LinkedHashMap<String, Object>();
        start.put("accountSid", accountSid);
        start.put("streamSid", streamSid);
        start.put("callSid", callSid);
        start.put("tracks", List.of("inbound"));
        start.put(
                "mediaFormat",
                Map.of("encoding", "audio/x-mulaw", "sampleRate", 8000, "channels", 1));
        start.put("customParameters", customParameters);
        return event("start", streamSid, "start", start);
    }

    /// The next 20 ms; its timestamp follows from its number.
    ///
    /// @param inStream the streamSid to write, another one as a fault
    String media(byte[] frame, String inStream) {
        chunk++;
        sequence++;
        return "{\"event\":\"media\",\"sequenceNumber\":\""
                + sequence
                + "\",\"media\":{\"track\":\"inbound\",\"chunk\":\""
                + chunk
                + "\",\"timestamp\":\""
                + (chunk - 1) * FRAME_MILLIS
                + "\",\"payload\":\""
                + Base64.getEncoder().encodeToString(frame)
                + "\"},\"streamSid\":\""
                + inStream
                + "\"}";
    }

    /// A piece that was lost on the way: the numbers go on without it.
    void skipMedia() {
        chunk++;
        sequence++;
    }

    String dtmf(char digit) {
        return event(
                "dtmf",
                streamSid,
                "dtmf",
                Map.of("track", "inbound_track", "digit", String.valueOf(digit)));
    }

    String mark(String name) {
        return event("mark", streamSid, "mark", Map.of("name", name));
    }

    String stop() {
        return event(
                "stop", streamSid, "stop", Map.of("accountSid", accountSid, "callSid", callSid));
    }

    private String event(String event, String inStream, String part, Map<String, ?> content) {
        var message = new LinkedHashMap<String, Object>();
        message.put("event", event);
        message.put("sequenceNumber", String.valueOf(++sequence));
        message.put(part, content);
        message.put("streamSid", inStream);
        try {
            return JSON.writeValueAsString(message);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and maps can be written", e);
        }
    }
}
