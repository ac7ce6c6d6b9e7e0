package org.telephonystack.model.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.telephonystack.model.twilio.SignatureVectors.BASE;
import static org.telephonystack.model.twilio.SignatureVectors.NEXT_TOKEN;
import static org.telephonystack.model.twilio.SignatureVectors.PREFIX;
import static org.telephonystack.model.twilio.SignatureVectors.TOKEN;
import static org.telephonystack.model.twilio.SignatureVectors.named;
import static org.telephonystack.model.twilio.SignatureVectors.with;

import com.twilio.security.RequestValidator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.telephonystack.model.twilio.SignatureVectors.Vector;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;

class TwilioSignatureTest {

    private static final OptionalInt REFUSED = OptionalInt.empty();
    private static final OptionalInt FIRST_TOKEN = OptionalInt.of(0);

    private final TwilioSignature signature = new TwilioSignature(List.of(TOKEN));

    static List<Vector> vectors() {
        return SignatureVectors.ALL;
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void everyVectorIsSignedAsTwilioSignsIt(Vector vector) {
        var signer = new TwilioSignature(List.of(vector.token()));

        assertThat(signer.sign(vector.url(), vector.form())).isEqualTo(vector.signature());
        assertThat(
                        signer.matchingToken(
                                List.of(vector.url()), vector.form(), List.of(vector.signature())))
                .isEqualTo(FIRST_TOKEN);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void noVectorIsAcceptedForAnotherRequest(Vector vector) {
        var signer = new TwilioSignature(List.of(vector.token()));

        assertThat(SignatureVectors.ALL.stream().filter(other -> !other.id().equals(vector.id())))
                .allSatisfy(other ->
                        assertThat(
                                        signer.matchingToken(
                                                List.of(vector.url()),
                                                vector.form(),
                                                List.of(other.signature())))
                                .isEqualTo(REFUSED));
    }

    @Test
    void aDoubleDecodedBodyIsRefused() {
        assertThat(check(named("V3").url(), named("V3").form(), named("V3b").signature()))
                .isEqualTo(REFUSED);
    }

    @Test
    void aParameterAddedRemovedOrChangedIsRefused() {
        String url = named("V1").url();
        String given = named("V1").signature();
        var removed = new HashMap<>(BASE);
        removed.remove("CalledCity");

        assertThat(check(url, BASE, given)).isEqualTo(FIRST_TOKEN);
        assertThat(check(url, with(BASE, "Extra=1"), given)).isEqualTo(REFUSED);
        assertThat(check(url, with(BASE, "From=+14155550198"), given)).isEqualTo(REFUSED);
        assertThat(check(url, with(BASE, "CallerZip=94105 "), given)).isEqualTo(REFUSED);
        assertThat(check(url, removed, given)).isEqualTo(REFUSED);
    }

    @Test
    void anotherUrlIsRefusedEvenWhereItLeadsToTheSamePlace() {
        String given = named("V1").signature();

        assertThat(check(PREFIX + "/voice-frontdoor?a=1", BASE, given)).isEqualTo(REFUSED);
        assertThat(check(PREFIX + "/Voice-Frontdoor", BASE, given)).isEqualTo(REFUSED);
        assertThat(check("https://voice.example.com/voice-frontdoor", BASE, given))
                .isEqualTo(REFUSED);
        assertThat(check(named("V12").url(), Map.of(), named("V12e").signature()))
                .isEqualTo(REFUSED);
    }

    @Test
    void anotherTokenIsRefusedAndBothAreTakenDuringARotation() {
        var next = new TwilioSignature(List.of(NEXT_TOKEN));
        var rotating = new TwilioSignature(List.of(TOKEN, NEXT_TOKEN));
        var urls = List.of(named("V15").url());

        assertThat(next.matchingToken(urls, BASE, List.of(named("V15").signature())))
                .isEqualTo(REFUSED);
        assertThat(rotating.matchingToken(urls, BASE, List.of(named("V15").signature())))
                .isEqualTo(OptionalInt.of(0));
        assertThat(rotating.matchingToken(urls, BASE, List.of(named("V20").signature())))
                .isEqualTo(OptionalInt.of(1));
        assertThat(rotating.sign(named("V15").url(), BASE)).isEqualTo(named("V15").signature());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "not base64!",
                "AAAA",
                "8ToOpAmp9+CFZ3+BQQnxJtRCy1k",
                "8ToOpAmp9+CFZ3+BQQnxJtRCy1k= ",
                "ÄÖÜ日本"
            })
    void aHeaderThatIsNoSignatureIsRefused(String header) {
        assertThat(check(named("V1").url(), BASE, header)).isEqualTo(REFUSED);
    }

    @Test
    void aMissingOrDoubledHeaderIsRefused() {
        String right = named("V1").signature();
        var urls = List.of(named("V1").url());

        assertThat(signature.matchingToken(urls, BASE, List.of())).isEqualTo(REFUSED);
        assertThat(signature.matchingToken(urls, BASE, List.of(right, right))).isEqualTo(REFUSED);
        assertThat(signature.matchingToken(urls, BASE, List.of(right, "x"))).isEqualTo(REFUSED);
    }

    @Test
    void aJsonBodyIsCheckedThroughItsHashInTheUrl() {
        byte[] body = "{\"event\":\"ping\",\"n\":1,\"s\":\"é\"}".getBytes(StandardCharsets.UTF_8);
        var urls = List.of(named("V6").url());
        var given = List.of(named("V6").signature());
        byte[] changed = body.clone();
        changed[2]++;

        assertThat(signature.matchingTokenOfBody(urls, body, given)).isEqualTo(FIRST_TOKEN);
        assertThat(signature.matchingTokenOfBody(urls, changed, given)).isEqualTo(REFUSED);
        assertThat(signature.matchingTokenOfBody(urls, new byte[0], given)).isEqualTo(REFUSED);
    }

    @Test
    void aJsonBodyWithoutAHashInTheUrlIsRefused() {
        String url = PREFIX + "/voice-action";
        String given = signature.sign(url, Map.of());

        assertThat(signature.matchingTokenOfBody(List.of(url), new byte[0], List.of(given)))
                .isEqualTo(REFUSED);
        assertThat(
                        signature.matchingTokenOfBody(
                                List.of(url + "?a=b"), new byte[0], List.of(given)))
                .isEqualTo(REFUSED);
    }

    @Test
    void withoutATokenThereIsNoValidator() {
        assertThatThrownBy(() -> new TwilioSignature(List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /// twilio-java as the second opinion, on forms that it can express: each name once, nothing escaped in the URL.
    @Test
    void twilioJavaAgreesOnRandomFormsAndOnEachChangeOfThem() {
        var random = new Random(20261122);
        for (int round = 0; round < 500; round++) {
            var single = new LinkedHashMap<String, String>();
            int fields = random.nextInt(12);
            for (int i = 0; i < fields; i++) {
                single.put(text(random, 1), text(random, 0));
            }
            var form = new HashMap<String, List<String>>();
            single.forEach((name, value) -> form.put(name, List.of(value)));
            String token = text(random, 1);
            String url = "https://host" + random.nextInt(9) + ".example/path?q=" + random.nextInt();
            var ours = new TwilioSignature(List.of(token));
            var theirs = new RequestValidator(token);

            String given = ours.sign(url, form);
            single.put("Extra" + round, "");
            assertThat(theirs.validate(url, single, given))
                    .as("twilio-java on a changed form, round %d", round)
                    .isFalse();
            single.remove("Extra" + round);

            assertThat(theirs.validate(url, single, given))
                    .as("twilio-java, round %d", round)
                    .isTrue();
            assertThat(ours.matchingToken(List.of(url), form, List.of(given)))
                    .isEqualTo(FIRST_TOKEN);
        }
    }

    private OptionalInt check(String url, Map<String, List<String>> form, String header) {
        return signature.matchingToken(List.of(url), form, List.of(header));
    }

    private static String text(Random random, int atLeast) {
        String alphabet = "abcXYZ019 +&=%/?#\"'<>éß日😀\n\t";
        int[] characters = alphabet.codePoints().toArray();
        var text = new StringBuilder();
        for (int length = atLeast + random.nextInt(20); length > 0; length--) {
            text.appendCodePoint(characters[random.nextInt(characters.length)]);
        }
        return text.toString();
    }
}
