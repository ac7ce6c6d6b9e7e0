package org.telephonystack.model.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.telephonystack.model.twilio.SignatureVectors.TOKEN;
import static org.telephonystack.model.twilio.SignatureVectors.named;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

/// Which of the documented signatures a service accepts that knows its public address.
class PublicUrlTest {

    private static final String CALL = "/functions/v1/voice-frontdoor";
    private static final String STREAM = "/functions/v1/voice-stream";

    private final TwilioSignature signature = new TwilioSignature(List.of(TOKEN));

    @ParameterizedTest
    @CsvSource({
        "https://voice.example.com,      V8b, true",
        "https://voice.example.com,      V8a, true",
        "https://voice.example.com:443,  V8a, true",
        "https://voice.example.com:443,  V8b, true",
        "https://voice.example.com:8443, V8c, true",
        "https://voice.example.com:8443, V8b, true",
        "https://voice.example.com:8443, V8a, false",
        "https://voice.example.com,      V8c, false",
        "https://voice.example.com,      V8d, false",
        "https://voice.example.com,      V10, false",
        "http://voice.example.com,       V8d, true",
        "http://voice.example.com,       V8e, true",
        "http://voice.example.com:80,    V8d, true",
        "http://voice.example.com,       V8b, false",
    })
    void aWebhookIsAcceptedWithAndWithoutItsPort(String base, String vector, boolean accepted) {
        var urls = new PublicUrl(base).signedAs(CALL);

        assertThat(accepts(urls, vector)).isEqualTo(accepted);
    }

    @ParameterizedTest
    @CsvSource({"V5a, true", "V5b, true", "V5c, false", "V5d, true", "V5e, false", "V16, false"})
    void aHandshakeIsAcceptedAsWssWithPortOrSlash(String vector, boolean accepted) {
        var urls = new PublicUrl("https://voice.example.com").handshakeSignedAs(STREAM);

        assertThat(accepts(urls, vector)).isEqualTo(accepted);
    }

    @Test
    void aPrefixThatTheIngressStripsIsPartOfTheAddress() {
        assertThat(
                        accepts(
                                new PublicUrl("https://voice.example.com/functions/v1/")
                                        .signedAs("/voice-frontdoor"),
                                "V8b"))
                .isTrue();
        assertThat(
                        accepts(
                                new PublicUrl("https://voice.example.com/functions/v1")
                                        .signedAs("/voice-frontdoor"),
                                "V8a"))
                .isTrue();
        assertThat(
                        accepts(
                                new PublicUrl("https://voice.example.com/functions/v1")
                                        .handshakeSignedAs("/voice-stream"),
                                "V5d"))
                .isTrue();
    }

    @Test
    void theQueryStaysAsItCameAlsoWhereThePortVaries() {
        var urls = new PublicUrl("https://voice.example.com").signedAs("/f?q=a%2Bb");

        assertThat(accepts(urls, "V11")).isTrue();
        assertThat(accepts(urls, "V11p")).isTrue();
        assertThat(accepts(urls, "V11d")).isFalse();
    }

    @Test
    void aColonAndDigitsInThePathAreNoPort() {
        assertThat(new PublicUrl("https://a.example:8443/x:8443").signedAs("/y:8443"))
                .containsExactly(
                        "https://a.example:8443/x:8443/y:8443", "https://a.example/x:8443/y:8443");
    }

    @Test
    void theAddressIsWrittenIntoTwimlAsItWasConfigured() {
        var url = new PublicUrl(" https://voice.example.com:8443/base// ");

        assertThat(url.of("/voice-frontdoor"))
                .isEqualTo("https://voice.example.com:8443/base/voice-frontdoor");
        assertThat(url.webSocketOf("/voice-stream"))
                .isEqualTo("wss://voice.example.com:8443/base/voice-stream");
        assertThat(new PublicUrl("http://127.0.0.1:8082").webSocketOf("/voice-stream"))
                .isEqualTo("ws://127.0.0.1:8082/voice-stream");
    }

    @Test
    void aSchemeInCapitalsIsTheSameScheme() {
        var url = new PublicUrl("HTTPS://voice.example.com");

        assertThat(url.webSocketOf(STREAM)).isEqualTo("wss://voice.example.com" + STREAM);
        assertThat(accepts(url.signedAs(CALL), "V8a")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "voice.example.com",
                "wss://voice.example.com",
                "ftp://a.example",
                "https://",
                "https:///x",
                "https://a.example?x=1",
                "https://a.example#top",
                "https://user:secret@a.example",
                "https://user:secret@a b.example"
            })
    void whatCannotBeAnAddressIsRefusedWithoutRepeatingIt(String text) {
        assertThatThrownBy(() -> new PublicUrl(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret")
                .hasNoCause();
    }

    private boolean accepts(List<String> urls, String vector) {
        var named = named(vector);
        return signature.matchingToken(urls, named.form(), List.of(named.signature())).isPresent();
    }
}
