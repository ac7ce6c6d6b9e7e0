package org.telephonystack.action.callback;

import org.telephonystack.action.outcome.CallEvent;
import org.telephonystack.action.outcome.CallEvent.Kind;
import org.telephonystack.action.sms.Consent;
import org.telephonystack.action.sms.DeliveryStatus;
import org.telephonystack.action.sms.InboundText;
import org.telephonystack.model.CallSid;
import org.telephonystack.model.twilio.FormBody;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Tells the forms apart by what they carry: one URL takes all of them.
public final class CallbackReader {

    /// Passes for other calls, and what people wrote: not for our tables of events.
    private static final Set<String> NOT_KEPT =
            Set.of("CallToken", "StirPassportToken", "Body", "SpeechResult");

    private CallbackReader() {}

    /// @param idempotencyToken Twilio's, the same on a repetition of the same request
    public static Callback read(FormBody form, Optional<String> idempotencyToken) {
        Optional<CallSid> callSid = form.first("CallSid").flatMap(CallSid::parse);
        if (form.has("StreamEvent")) {
            return news(form, Kind.STREAM, "StreamEvent", "CallSid", "StreamSid");
        }
        if (form.has("RecordingStatus")) {
            return news(form, Kind.RECORDING, "RecordingStatus", "RecordingSid");
        }
        if (form.has("MessageStatus") && form.has("MessageSid")) {
            return delivery(form);
        }
        if (form.has("CallStatus") && callSid.isPresent()) {
            return news(form, Kind.CALL_STATUS, "CallStatus", "CallSid", "SequenceNumber");
        }
        if (form.fields().containsKey("Body") && (form.has("MessageSid") || form.has("SmsSid"))) {
            return inbound(form);
        }
        String key = "other:" + idempotencyToken.orElseGet(() -> hashOf(form));
        return new Callback.News(
                new CallEvent(Kind.OTHER, key, callSid, Optional.empty(), fields(form)));
    }

    private static Callback news(FormBody form, Kind kind, String statusField, String... keys) {
        return new Callback.News(event(form, kind, statusField, keys));
    }

    private static Callback delivery(FormBody form) {
        return new Callback.Delivery(
                event(form, Kind.MESSAGE, "MessageStatus", "MessageSid"),
                new DeliveryStatus(
                        text(form, "MessageSid"),
                        text(form, "MessageStatus"),
                        form.first("ErrorCode").flatMap(CallbackReader::number)));
    }

    private static Callback inbound(FormBody form) {
        String body = text(form, "Body");
        return new Callback.Inbound(
                new InboundText(
                        form.has("MessageSid") ? text(form, "MessageSid") : text(form, "SmsSid"),
                        text(form, "From"),
                        text(form, "To"),
                        body),
                Consent.of(body, form.first("OptOutType")));
    }

    private static CallEvent event(FormBody form, Kind kind, String statusField, String... keys) {
        var key = new StringBuilder(kind.word());
        for (String name : keys) {
            key.append(':').append(text(form, name));
        }
        String status = text(form, statusField);
        return new CallEvent(
                kind,
                key.append(':').append(status).toString(),
                form.first("CallSid").flatMap(CallSid::parse),
                Optional.of(status),
                fields(form));
    }

    private static Map<String, String> fields(FormBody form) {
        var kept = new LinkedHashMap<String, String>();
        form.fields()
                .forEach((name, values) -> {
                    if (!NOT_KEPT.contains(name)) {
                        // PostgreSQL's text and jsonb hold every character but this one.
                        kept.put(
                                name.replace("\0", ""), String.join(",", values).replace("\0", ""));
                    }
                });
        return kept;
    }

    private static String text(FormBody form, String name) {
        return form.first(name).orElse("").replace("\0", "");
    }

    private static Optional<Integer> number(String text) {
        return text.matches("[0-9]{1,6}") ? Optional.of(Integer.valueOf(text)) : Optional.empty();
    }

    private static String hashOf(FormBody form) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(form.fields().toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
