package org.telephonystack.model.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.telephonystack.model.twilio.FormBody.Parsed;
import org.telephonystack.model.twilio.FormBody.Refusal;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

class FormBodyTest {

    @Test
    void valuesAreDecodedOnceAndKeptExactly() {
        assertThat(
                        read("From=%2B14155550199&Body=+a%2Bb%26c%3Dd%252F+&CallerName=Jos%C3%A9+%E6%97%A5%F0%9F%98%80")
                                .fields())
                .containsOnly(
                        entry("From", List.of("+14155550199")),
                        entry("Body", List.of(" a+b&c=d%2F ")),
                        entry("CallerName", List.of("José 日😀")));
    }

    @Test
    void emptyValuesRepeatedNamesAndMissingEqualsSignsStay() {
        FormBody form = read("To=&Tag=b&Tag=a&Tag=b&Flag&&=nameless");

        assertThat(form.fields())
                .containsOnly(
                        entry("To", List.of("")),
                        entry("Tag", List.of("b", "a", "b")),
                        entry("Flag", List.of("")),
                        entry("", List.of("nameless")));
        assertThat(form.has("To")).isFalse();
        assertThat(form.first("Tag")).contains("b");
        assertThat(form.first("Nobody")).isEmpty();
    }

    @Test
    void anEqualsSignInAValueBelongsToTheValue() {
        assertThat(read("a=b=c==").first("a")).contains("b=c==");
    }

    @Test
    void namesAreSortedAsTheSignatureWantsThem() {
        assertThat(read("b=2&B=1&a_1=x&aA=y&a=z&A=").fields().keySet())
                .containsExactly("A", "B", "a", "aA", "a_1", "b");
    }

    @Test
    void noBodyIsAnEmptyForm() {
        assertThat(read("").fields()).isEmpty();
    }

    @Test
    void aCallTokenOfEightKibibytesIsRead() {
        String token = "%7B".repeat(8 * 1024);

        assertThat(read("CallSid=CA1&CallToken=" + token).first("CallToken"))
                .contains("{".repeat(8 * 1024));
    }

    @Test
    void aBodyIsReadUpToSixtyFourKibibytes() {
        String longest = "a=" + "x".repeat(64 * 1024 - 2);

        assertThat(read(longest).first("a").orElseThrow()).hasSize(64 * 1024 - 2);
        assertThat(parse(longest + "x")).isEqualTo(new Parsed.Refused(Refusal.TOO_LARGE));
    }

    @Test
    void aBodyIsReadUpToTwoHundredParameters() {
        String most =
                IntStream.range(0, 200)
                        .mapToObj(i -> "p" + i + "=")
                        .collect(Collectors.joining("&"));

        assertThat(read(most).fields()).hasSize(200);
        assertThat(parse(most + "&one=more"))
                .isEqualTo(new Parsed.Refused(Refusal.TOO_MANY_PARAMETERS));
        assertThat(parse("same=&".repeat(201)))
                .isEqualTo(new Parsed.Refused(Refusal.TOO_MANY_PARAMETERS));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=%",
                "a=%4",
                "a=%zz",
                "a=%4g",
                "a=%-1",
                "%=a",
                "a=%E9",
                "a=%C3",
                "a=%F0%9F%98",
                "a=%ED%A0%80",
                "a=%C0%80",
                "a=%FF"
            })
    void brokenEscapesAndBrokenUtf8AreRefused(String body) {
        assertThat(parse(body)).isEqualTo(new Parsed.Refused(Refusal.MALFORMED));
    }

    @Test
    void anEscapeDoesNotReachOverTheEndOfItsField() {
        assertThat(parse("a=%4&1=b")).isEqualTo(new Parsed.Refused(Refusal.MALFORMED));
    }

    @Test
    void rawUtf8IsReadAndRawLatin1Refused() {
        assertThat(read("a=é").first("a")).contains("é");
        assertThat(FormBody.parse("a=é".getBytes(StandardCharsets.ISO_8859_1)))
                .isEqualTo(new Parsed.Refused(Refusal.MALFORMED));
    }

    @Test
    void whateverWasEncodedComesBackAndGarbageNeverThrows() {
        var random = new Random(20261122);
        for (int round = 0; round < 300; round++) {
            String value =
                    random.ints(random.nextInt(60), 1, 0x3000)
                            .filter(Character::isDefined)
                            .filter(c -> c < 0xD800 || c > 0xDFFF)
                            .collect(
                                    StringBuilder::new,
                                    StringBuilder::appendCodePoint,
                                    StringBuilder::append)
                            .toString();
            assertThat(read("v=" + URLEncoder.encode(value, StandardCharsets.UTF_8)).fields())
                    .containsEntry("v", List.of(value));

            byte[] garbage = new byte[random.nextInt(200)];
            random.nextBytes(garbage);
            assertThat(FormBody.parse(garbage)).isNotNull();
        }
    }

    @Test
    void itsTextShowsNamesAndNoValues() {
        assertThat(read("From=%2B14155550199")).hasToString("FormBody[From]");
    }

    private static Parsed parse(String body) {
        return FormBody.parse(body.getBytes(StandardCharsets.UTF_8));
    }

    private static FormBody read(String body) {
        return switch (parse(body)) {
            case Parsed.Form(FormBody form) -> form;
            case Parsed.Refused(Refusal why) -> throw new AssertionError("refused: " + why);
        };
    }
}
