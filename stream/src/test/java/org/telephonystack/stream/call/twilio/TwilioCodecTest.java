package org.telephonystack.stream.call.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.telephonystack.model.CallSid;
import org.telephonystack.model.StreamSid;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

class TwilioCodecTest {

    private static final String MEDIA =
            "{\"event\":\"media\",\"sequenceNumber\":\"3\",\"streamSid\":\"MZ1\",\"media\":"
                    + "{\"track\":\"inbound\",\"chunk\":\"1\",\"timestamp\":\"5\",\"payload\":\"/38=\"}}";

    private final TwilioCodec codec = new TwilioCodec();

    @Test
    void mediaAsTwilioWritesItIsReadWithoutATree() {
        TwilioMessage.Media media = Objects.requireNonNull(new MediaScanner().read(MEDIA));

        assertThat(media.payload()).isEqualTo("/38=");
        assertThat(media.timestampMillis()).isEqualTo(5);
        assertThat(media.streamSid()).isEqualTo("MZ1");
    }

    @Test
    void thePayloadStaysInTheMessageItCameIn() {
        var media = (TwilioMessage.Media) codec.decode(MEDIA);

        assertThat(media.text()).isSameAs(MEDIA);
    }

    @Test
    void theFastPathAndTheTreeAgreeOnEveryMessageEitherUnderstands() {
        var random = new Random(20261122);
        int fast = 0;
        for (int i = 0; i < 20_000; i++) {
            String text = mutated(randomMedia(random), random);

            TwilioMessage.Media scanned = new MediaScanner().read(text);

            if (scanned != null) {
                fast++;
                assertThat(TwilioCodec.decodeTree(text))
                        .as(text)
                        .isInstanceOfSatisfying(
                                TwilioMessage.Media.class,
                                tree -> {
                                    assertThat(scanned.payload()).isEqualTo(tree.payload());
                                    assertThat(scanned.streamSid()).isEqualTo(tree.streamSid());
                                    assertThat(scanned.timestampMillis())
                                            .isEqualTo(tree.timestampMillis());
                                });
            }
        }
        assertThat(fast).isGreaterThan(5_000);
    }

    @Test
    void aFrameCostsOneSmallObject() {
        String frame = MEDIA.replace("/38=", "A".repeat(214) + "==");
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        codec.decode(frame);
        long before = threads.getCurrentThreadAllocatedBytes();

        for (int i = 0; i < 1_000; i++) {
            codec.decode(frame);
        }

        // A tree would cost about 2 KB, a copy of the payload 240 bytes.
        assertThat((threads.getCurrentThreadAllocatedBytes() - before) / 1_000).isLessThan(64);
    }

    @Test
    void aSecondStreamOnTheSameScannerIsSeen() {
        codec.decode(MEDIA);

        var media = (TwilioMessage.Media) codec.decode(MEDIA.replace("MZ1", "MZ2"));

        assertThat(media.streamSid()).isEqualTo("MZ2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"event\":\"media\",\"media\":{\"payload\":\"YWJj\\u0022,\\u0022x\"}}",
                "{\"event\":\"media\",\"media\":{\"payload\":\"not base64!!\"}}",
                "{\"event\":\"media\",\"media\":{\"payload\":\"YWJ\"}}",
                "{\"event\":\"media\",\"media\":{\"payload\":\"\"}}",
                "{\"event\":\"media\",\"media\":{}}",
                "{\"event\":\"media\"}",
                "{\"event\":\"media\",\"media\":{\"payload\":\"YWJj\"}",
                "{\"event\":\"media\",\"media\":{\"payload\":\"YWJj\"}}{}",
                "not json",
                "",
                "[]",
                "42",
                "{}",
                "{\"event\":{\"a\":1}}",
                "{\"event\":\"start\",\"start\":{\"callSid\":\"CA1\"}}",
                "{\"event\":\"start\",\"streamSid\":\"MZ1\",\"start\":{}}",
                "{\"event\":\"start\",\"streamSid\":\"MZ1\",\"start\":{\"callSid\":\"CA1\",\"streamSid\":\"MZ2\"}}",
                "{\"event\":\"start\",\"streamSid\":\"MZ1\",\"start\":{\"callSid\":\"CA 1\"}}",
                "{\"event\":\"start\",\"streamSid\":\"MZ1\",\"start\":{\"callSid\":\"CA1\",\"mediaFormat\":"
                        + "{\"encoding\":\"audio/l16\",\"sampleRate\":16000}}}",
            })
    void whatBreaksTheProtocolIsMalformed(String text) {
        assertThat(codec.decode(text)).isInstanceOf(TwilioMessage.Malformed.class);
    }

    @Test
    void numbersMayBeTextsAndTextsNumbers() {
        String text =
                "{\"event\":\"media\",\"sequenceNumber\":3,\"streamSid\":\"MZ1\",\"media\":"
                        + "{\"chunk\":1,\"timestamp\":5,\"payload\":\"/38=\"}}";

        var media = (TwilioMessage.Media) codec.decode(text);

        assertThat(media.timestampMillis()).isEqualTo(5);
    }

    @Test
    void startIsReadWithItsParameters() {
        String text =
                """
                {"event":"start","sequenceNumber":"1","streamSid":"MZ1","start":{"accountSid":"AC1","callSid":"CA1",
                 "streamSid":"MZ1","tracks":["inbound"],"extra":[1],
                 "mediaFormat":{"encoding":"audio/x-mulaw","sampleRate":8000,"channels":1},
                 "customParameters":{"traceId":"t","attempt":2}}}
                """;

        assertThat(codec.decode(text))
                .isEqualTo(
                        new TwilioMessage.Start(
                                new StreamSid("MZ1"),
                                new CallSid("CA1"),
                                "AC1",
                                Map.of("traceId", "t", "attempt", "2")));
    }

    @Test
    void theOtherEventsAreReadAndUnknownOnesAreNamed() {
        assertThat(codec.decode("{\"event\":\"connected\",\"protocol\":\"Call\"}"))
                .isEqualTo(new TwilioMessage.Connected());
        assertThat(
                        codec.decode(
                                "{\"event\":\"mark\",\"streamSid\":\"MZ1\",\"mark\":{\"name\":\"g1-2\"}}"))
                .isEqualTo(new TwilioMessage.Mark("MZ1", "g1-2"));
        assertThat(
                        codec.decode(
                                "{\"event\":\"dtmf\",\"streamSid\":\"MZ1\",\"dtmf\":{\"digit\":5}}"))
                .isEqualTo(new TwilioMessage.Dtmf("MZ1", "5"));
        assertThat(codec.decode("{\"event\":\"stop\",\"streamSid\":\"MZ1\"}"))
                .isEqualTo(new TwilioMessage.Stop("MZ1"));
        assertThat(codec.decode("{\"event\":\"fireworks\\n\"}"))
                .isEqualTo(new TwilioMessage.Unknown("fireworks?"));
        assertThat(codec.decode(MEDIA.replace("inbound", "outbound")))
                .isEqualTo(new TwilioMessage.Unknown("media of track outbound"));
    }

    @Test
    void whatWeSendIsWhatTwilioReads() {
        var sid = new StreamSid("MZ1");

        assertThat(TwilioCodec.encodeMedia(sid, "xx/38=yy", 2, 6))
                .isEqualTo(
                        "{\"event\":\"media\",\"streamSid\":\"MZ1\",\"media\":{\"payload\":\"/38=\"}}");
        assertThat(TwilioCodec.encodeMark(sid, "g1-2"))
                .isEqualTo(
                        "{\"event\":\"mark\",\"streamSid\":\"MZ1\",\"mark\":{\"name\":\"g1-2\"}}");
        assertThat(TwilioCodec.encodeClear(sid))
                .isEqualTo("{\"event\":\"clear\",\"streamSid\":\"MZ1\"}");
    }

    @Test
    void soundIsMeasuredByItsBytes() {
        assertThat(Base64Text.millis("A".repeat(214) + "==", 0, 216)).isEqualTo(20);
    }

    private static String randomMedia(Random random) {
        byte[] sound = new byte[1 + random.nextInt(40)];
        random.nextBytes(sound);
        String payload = java.util.Base64.getEncoder().encodeToString(sound);
        var media = new ArrayList<>(List.of("\"payload\":\"" + payload + "\""));
        var message = new ArrayList<>(List.of("\"event\":\"media\""));
        maybe(random, media, "\"track\":\"inbound\"");
        maybe(random, media, "\"chunk\":\"" + random.nextInt(100) + "\"");
        String timestamp = Long.toString(random.nextLong(1L << random.nextInt(1, 40)));
        maybe(
                random,
                media,
                "\"timestamp\":" + (random.nextBoolean() ? timestamp : "\"" + timestamp + "\""));
        maybe(random, message, "\"streamSid\":\"MZ" + random.nextInt(10) + "\"");
        maybe(random, message, "\"sequenceNumber\":\"" + random.nextInt(100) + "\"");
        Collections.shuffle(media, random);
        String blank = random.nextInt(4) == 0 ? " " : "";
        message.add("\"media\":" + blank + "{" + String.join("," + blank, media) + "}");
        Collections.shuffle(message, random);
        return "{" + String.join("," + blank, message) + "}" + blank;
    }

    private static void maybe(Random random, List<String> fields, String field) {
        if (random.nextInt(6) > 0) {
            fields.add(field);
        }
    }

    /// Now and then a character is lost, doubled or replaced.
    private static String mutated(String text, Random random) {
        if (random.nextInt(2) == 0) {
            return text;
        }
        int at = random.nextInt(text.length());
        String other = String.valueOf("\"{}[]:,0-.e\\ =x\n".charAt(random.nextInt(16)));
        return switch (random.nextInt(3)) {
            case 0 -> text.substring(0, at) + text.substring(at + 1);
            case 1 -> text.substring(0, at) + other + text.substring(at);
            default -> text.substring(0, at) + other + text.substring(at + 1);
        };
    }
}
