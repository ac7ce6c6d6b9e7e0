package org.telephonystack.action.wiring;

import static io.restassured.RestAssured.given;

import io.restassured.response.Response;

import org.telephonystack.model.twilio.TwilioSignature;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Sends a form as Twilio does.
public final class SignedForm {

    private static final TwilioSignature TWILIO =
            new TwilioSignature(List.of(TwilioStub.AUTH_TOKEN));

    private SignedForm() {}

    /// Signed with the current token.
    public static Response post(String target, Map<String, String> fields) {
        return post(target, fields, signature(target, fields));
    }

    public static Response post(String target, Map<String, String> fields, String signature) {
        return given().urlEncodingEnabled(false)
                .header("X-Twilio-Signature", signature)
                .header("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
                .body(encoded(fields))
                .post(target);
    }

    public static String signature(String target, Map<String, String> fields) {
        var form = new TreeMap<String, List<String>>();
        fields.forEach((name, value) -> form.put(name, List.of(value)));
        return TWILIO.sign(TwilioStub.PUBLIC_URL + target, form);
    }

    public static String encoded(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field ->
                        URLEncoder.encode(field.getKey(), StandardCharsets.UTF_8)
                                + "="
                                + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
