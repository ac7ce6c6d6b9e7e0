package org.telephonystack.simulator.rest;

import org.jspecify.annotations.Nullable;
import org.telephonystack.simulator.phone.NetworkSettings;
import org.telephonystack.simulator.phone.Sids;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The account and its one number: what an operator sees and sets in the console.
final class NumberDesk {

    private static final Map<String, String> FIELD_BY_PARAMETER =
            Map.of(
                    "VoiceUrl", "voice_url",
                    "VoiceMethod", "voice_method",
                    "VoiceFallbackUrl", "voice_fallback_url",
                    "VoiceFallbackMethod", "voice_fallback_method",
                    "StatusCallback", "status_callback",
                    "StatusCallbackMethod", "status_callback_method",
                    "SmsUrl", "sms_url",
                    "SmsMethod", "sms_method");

    private final NetworkSettings account;
    private final String sid = Sids.random("PN");
    private final Map<String, @Nullable Object> number = new LinkedHashMap<>();

    NumberDesk(NetworkSettings account, RestSettings settings) {
        this.account = account;
        number.put("sid", sid);
        number.put("account_sid", account.accountSid());
        number.put("phone_number", account.number());
        number.put("voice_url", account.voiceUrl());
        number.put("voice_method", "POST");
        number.put("voice_fallback_url", account.fallbackUrl().orElse(""));
        number.put("voice_fallback_method", "POST");
        number.put("status_callback", account.statusCallback().orElse(""));
        number.put("status_callback_method", "POST");
        number.put("sms_url", settings.smsUrl().orElse(""));
        number.put("sms_method", "POST");
        number.put("voice_application_sid", "");
        number.put("trunk_sid", null);
        number.put("capabilities", Map.of("voice", true, "sms", true, "mms", true, "fax", false));
    }

    RestAnswer account() {
        var body = new LinkedHashMap<String, @Nullable Object>();
        body.put("sid", account.accountSid());
        body.put("friendly_name", "Simulated account");
        body.put("status", "active");
        body.put("type", "Full");
        return RestAnswer.of(200, body);
    }

    /// @param phoneNumber empty for all
    synchronized RestAnswer list(String phoneNumber) {
        boolean wanted = phoneNumber.isEmpty() || phoneNumber.equals(account.number());
        var body = new LinkedHashMap<String, @Nullable Object>();
        body.put("incoming_phone_numbers", wanted ? List.of(number) : List.of());
        body.put("page", 0);
        body.put("page_size", 50);
        body.put("next_page_uri", null);
        return RestAnswer.of(200, body);
    }

    synchronized RestAnswer show(String wanted) {
        return wanted.equals(sid) ? RestAnswer.of(200, number) : RestAnswer.of(RestError.NOT_FOUND);
    }

    synchronized RestAnswer update(String wanted, Map<String, String> form) {
        if (wanted.equals(sid)) {
            form.forEach((parameter, value) -> {
                String field = FIELD_BY_PARAMETER.get(parameter);
                if (field != null) {
                    number.put(field, value);
                }
            });
        }
        return show(wanted);
    }

    synchronized Map<String, String> fields() {
        var fields = new LinkedHashMap<String, String>();
        number.forEach((name, value) -> fields.put(name, value == null ? "" : value.toString()));
        return fields;
    }
}
