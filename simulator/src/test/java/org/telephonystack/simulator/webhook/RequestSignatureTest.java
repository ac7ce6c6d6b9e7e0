package org.telephonystack.simulator.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.LinkedHashMap;
import java.util.Map;

/// Signatures computed by Twilio's own libraries.
class RequestSignatureTest {

    private static final String TOKEN = "2b7e151628aed2a6abf7158809cf4f3c";
    private static final String HOST = "https://voice.example.com";

    @Test
    void theExampleOfTheDocumentationIsSignedAsThere() {
        var form =
                Map.of(
                        "CallSid", "CA1234567890ABCDE",
                        "Caller", "+14158675309",
                        "Digits", "1234",
                        "From", "+14158675309",
                        "To", "+18005551212");

        assertThat(
                        RequestSignature.of(
                                "12345", "https://mycompany.com/myapp.php?foo=1&bar=2", form))
                .isEqualTo("RSOYDt4T1cUTdK1PDd93/VVr8B8=");
    }

    @Test
    void theVoiceWebhookIsSignedWithItsEmptyParameters() {
        assertThat(RequestSignature.of(TOKEN, HOST + "/functions/v1/voice-frontdoor", base()))
                .isEqualTo("8ToOpAmp9+CFZ3+BQQnxJtRCy1k=");
    }

    @Test
    void theHandshakeIsSignedOverItsWebSocketUrl() {
        String url = "wss://voice.example.com";

        assertThat(RequestSignature.of(TOKEN, url + "/functions/v1/voice-stream", Map.of()))
                .isEqualTo("cMHJcUzezyyEywaUvEottmzQSQ4=");
        assertThat(RequestSignature.of(TOKEN, url + "/voice-stream", Map.of()))
                .isEqualTo("3HGZiX+H47o9TsD3NLlL98oMLzk=");
    }

    @Test
    void fragmentCredentialsAndTheHttpsPortOfVoiceAreNotSigned() {
        WebhookUrl url =
                WebhookUrl.of("https://user:p%40ss@voice.example.com:8443/v?a=%2B#rc=2&rp=ct,5xx");

        assertThat(url.signed(true)).isEqualTo("https://voice.example.com/v?a=%2B");
        assertThat(url.signed(false)).isEqualTo("https://voice.example.com:8443/v?a=%2B");
        assertThat(url.retries()).isEqualTo(2);
        assertThat(url.retriesOn("5xx")).isTrue();
        assertThat(url.retriesOn("rt")).isFalse();
    }

    @Test
    void thePortOfAPlainUrlIsSigned() {
        assertThat(WebhookUrl.of("http://127.0.0.1:8081/v").signed(true))
                .isEqualTo("http://127.0.0.1:8081/v");
    }

    private static Map<String, String> base() {
        var form = new LinkedHashMap<String, String>();
        form.put("AccountSid", "AC00000000000000000000000000000001");
        form.put("ApiVersion", "2010-04-01");
        form.put("CallSid", "CA00000000000000000000000000000001");
        form.put("CallStatus", "ringing");
        for (String ours : new String[] {"Called", "To"}) {
            form.put(ours, "+18005550123");
            form.put(ours + "City", "");
            form.put(ours + "Country", "US");
            form.put(ours + "State", "");
            form.put(ours + "Zip", "");
        }
        for (String theirs : new String[] {"Caller", "From"}) {
            form.put(theirs, "+14155550199");
            form.put(theirs + "City", "SAN FRANCISCO");
            form.put(theirs + "Country", "US");
            form.put(theirs + "State", "CA");
            form.put(theirs + "Zip", "94105");
        }
        form.put("Direction", "inbound");
        form.put("StirVerstat", "TN-Validation-Passed-A");
        return form;
    }
}
