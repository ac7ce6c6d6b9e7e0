package org.telephonystack.simulator.twiml;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.telephonystack.simulator.webhook.TwilioError;
import org.telephonystack.simulator.webhook.WebhookReply;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class TwimlReaderTest {

    @Test
    void aStreamIsReadWithItsParametersAndItsAction() {
        Twiml twiml =
                read(
                        """
                        <?xml version="1.0" encoding="UTF-8"?>
                        <Response><Connect action="/after?attempt=1&amp;x=2">
                          <Stream url="wss://h/voice-stream" statusCallback="/cb">
                            <Parameter name="traceId" value="t"/><Parameter name="empty" value=""/>
                          </Stream></Connect><Pause/><Say>Sorry &lt;3</Say><Hangup/></Response>
                        """);

        assertThat(twiml.complaints()).isEmpty();
        assertThat(twiml.verbs())
                .containsExactly(
                        new Verb.ConnectStream(
                                "wss://h/voice-stream",
                                Optional.empty(),
                                Optional.of(new Verb.Action("/cb", "POST")),
                                Map.of("traceId", "t", "empty", ""),
                                Optional.of(new Verb.Action("/after?attempt=1&x=2", "POST"))),
                        new Verb.Pause(Duration.ofSeconds(1)),
                        new Verb.Say("Sorry <3", 1),
                        new Verb.Hangup());
    }

    @Test
    void aDocumentIsRefusedAsAWholeWithTwiliosCode() {
        assertThat(codes(answer("text/xml", "\uFEFF<Response/>"))).containsExactly(12100);
        assertThat(codes(answer("text/xml", "\n<Response/>"))).containsExactly(12100);
        assertThat(codes(answer("text/xml", "<Response><Say>a & b</Say></Response>")))
                .containsExactly(12100);
        assertThat(codes(answer("text/xml", "<Reply/>"))).containsExactly(12100);
        assertThat(codes(answer("application/json", "{}"))).containsExactly(12300);
        assertThat(codes(new WebhookReply.Answered(200, Optional.empty(), "<Response/>")))
                .containsExactly(12300);
        assertThat(codes(answer("text/xml", "<Response>" + " ".repeat(65_536) + "</Response>")))
                .containsExactly(11750);
    }

    @Test
    void unknownVerbsAndAttributesAreSkippedWithAWarning() {
        Twiml twiml = read("<Response><Sing/><Say tone=\"low\">Hi</Say></Response>");

        assertThat(twiml.isUsable()).isTrue();
        assertThat(twiml.verbs()).containsExactly(new Verb.Say("Hi", 1));
        assertThat(twiml.complaints())
                .extracting(entry -> entry.error().code())
                .containsExactly(12200, 12200);
    }

    @Test
    void aParameterOfFiveHundredCharactersIsDropped() {
        Twiml twiml =
                read(
                        "<Response><Connect><Stream url=\"wss://h/s\"><Parameter name=\"a\" value=\""
                                + "x".repeat(499)
                                + "\"/><Parameter name=\"b\" value=\""
                                + "x".repeat(498)
                                + "\"/></Stream></Connect></Response>");

        assertThat(((Verb.ConnectStream) twiml.verbs().getFirst()).parameters())
                .containsOnlyKeys("b");
        assertThat(twiml.complaints()).hasSize(1);
    }

    @Test
    void anotherTrackThanTheCallersIsRefused() {
        Twiml twiml =
                read(
                        "<Response><Connect><Stream url=\"wss://h/s\" track=\"both_tracks\"/></Connect></Response>");

        assertThat(twiml.verbs()).isEmpty();
        assertThat(twiml.complaints())
                .extracting(TwilioError.Entry::error)
                .containsExactly(TwilioError.STREAM_TRACK);
    }

    @Test
    void plainTextIsReadAloud() {
        assertThat(TwimlReader.read(answer("text/plain", "OK")).verbs())
                .containsExactly(new Verb.Say("OK", 1), new Verb.Hangup());
    }

    private static Twiml read(String xml) {
        return TwimlReader.read(answer("text/xml; charset=utf-8", xml));
    }

    private static WebhookReply.Answered answer(String type, String body) {
        byte[] bytes = body.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return new WebhookReply.Answered(
                200,
                Optional.of(type),
                new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1));
    }

    private static List<Integer> codes(WebhookReply.Answered answer) {
        Twiml twiml = TwimlReader.read(answer);
        assertThat(twiml.isUsable()).isFalse();
        return twiml.complaints().stream().map(entry -> entry.error().code()).toList();
    }
}
