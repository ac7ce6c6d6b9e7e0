package org.telephonystack.frontdoor.fake;

import static io.restassured.RestAssured.given;

import io.restassured.response.Response;

import org.telephonystack.model.twilio.TwilioSignature;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Requests as Twilio sends them to the service under test, whose public address is `https://voice.example.com`.
public final class TwilioRequests {

    public static final String TOKEN = "2b7e151628aed2a6abf7158809cf4f3c";
    public static final String PUBLIC = "https://voice.example.com";
    public static final String FORM = "application/x-www-form-urlencoded; charset=UTF-8";

    private TwilioRequests() {}

    /// The 26 parameters of the published test vectors.
    public static Map<String, String> ringing() {
        var form = new LinkedHashMap<String, String>();
        form.put("AccountSid", "AC00000000000000000000000000000001");
        form.put("ApiVersion", "2010-04-01");
        form.put("CallSid", "CA00000000000000000000000000000001");
        form.put("CallStatus", "ringing");
        form.put("Direction", "inbound");
        form.put("StirVerstat", "TN-Validation-Passed-A");
        for (String caller : List.of("Caller", "From")) {
            form.put(caller, "+14155550199");
            form.put(caller + "City", "SAN FRANCISCO");
            form.put(caller + "Country", "US");
            form.put(caller + "State", "CA");
            form.put(caller + "Zip", "94105");
        }
        for (String called : List.of("Called", "To")) {
            form.put(called, "+18005550123");
            form.put(called + "City", "");
            form.put(called + "Country", "US");
            form.put(called + "State", "");
            form.put(called + "Zip", "");
        }
        return form;
    }

    public static Map<String, String> ringing(String name, String value) {
        var form = ringing();
        form.put(name, value);
        return form;
    }

    /// Signed for the target it is sent to.
    public static Response post(String target, Map<String, String> form) {
        return post(target, form, sign(target, form));
    }

    public static Response post(String target, Map<String, String> form, String signature) {
        return given().urlEncodingEnabled(false)
                .header("X-Twilio-Signature", signature)
                .header("Content-Type", FORM)
                .body(encode(form))
                .post(target);
    }

    public static String sign(String target, Map<String, String> form) {
        var fields = new TreeMap<String, List<String>>();
        form.forEach((name, value) -> fields.put(name, List.of(value)));
        return new TwilioSignature(List.of(TOKEN)).sign(PUBLIC + target, fields);
    }

    public static String encode(Map<String, String> form) {
        return form.entrySet().stream()
                .map(it ->
                        it.getKey()
                                + "="
                                + URLEncoder.encode(it.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
