package org.telephonystack.simulator.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// An answer in Twilio's JSON.
record RestAnswer(int status, String body) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter RFC_2822 =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    static RestAnswer of(RestError error) {
        var body = new LinkedHashMap<String, @Nullable Object>();
        body.put("code", error.code());
        body.put("message", error.message());
        body.put("more_info", "https://www.twilio.com/docs/errors/" + error.code());
        body.put("status", error.status());
        return new RestAnswer(error.status(), json(body));
    }

    static RestAnswer of(int status, Message message, String accountSid) {
        return new RestAnswer(status, json(fields(message, accountSid)));
    }

    static RestAnswer list(List<Message> messages, String accountSid, String uri) {
        var body = new LinkedHashMap<String, @Nullable Object>();
        body.put("messages", messages.stream().map(m -> fields(m, accountSid)).toList());
        body.put("page", 0);
        body.put("page_size", 50);
        body.put("uri", uri);
        body.put("next_page_uri", null);
        return new RestAnswer(200, json(body));
    }

    static RestAnswer of(int status, Map<String, @Nullable Object> fields) {
        return new RestAnswer(status, json(fields));
    }

    private static Map<String, @Nullable Object> fields(Message message, String accountSid) {
        var body = new LinkedHashMap<String, @Nullable Object>();
        String uri = "/2010-04-01/Accounts/" + accountSid + "/Messages/" + message.sid();
        body.put("account_sid", accountSid);
        body.put("api_version", "2010-04-01");
        body.put("body", message.body());
        body.put("date_created", date(message.created()));
        body.put("date_sent", isSent(message) ? date(message.created()) : null);
        body.put("date_updated", date(message.created()));
        body.put("direction", "outbound-api");
        body.put("error_code", message.errorCode().orElse(null));
        body.put("error_message", null);
        body.put("from", message.from().orElse(null));
        body.put("messaging_service_sid", message.messagingServiceSid().orElse(null));
        body.put("num_media", "0");
        body.put("num_segments", isSent(message) ? String.valueOf(message.segments()) : "0");
        body.put("price", null);
        body.put("price_unit", "USD");
        body.put("sid", message.sid());
        body.put("status", message.status());
        body.put("subresource_uris", Map.of("media", uri + "/Media.json"));
        body.put("to", message.to());
        body.put("uri", uri + ".json");
        return body;
    }

    static String date(Instant at) {
        return RFC_2822.format(at);
    }

    private static boolean isSent(Message message) {
        return !message.status().equals("accepted") && !message.status().equals("queued");
    }

    private static String json(Object body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and numbers can be written", e);
        }
    }
}
