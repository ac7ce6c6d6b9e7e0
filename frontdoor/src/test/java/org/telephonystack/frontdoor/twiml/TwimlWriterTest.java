package org.telephonystack.frontdoor.twiml;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.http.HttpMethod;
import com.twilio.twiml.VoiceResponse;
import com.twilio.twiml.voice.Connect;
import com.twilio.twiml.voice.Dial;
import com.twilio.twiml.voice.Hangup;
import com.twilio.twiml.voice.Number;
import com.twilio.twiml.voice.Parameter;
import com.twilio.twiml.voice.Pause;
import com.twilio.twiml.voice.Record;
import com.twilio.twiml.voice.Say;
import com.twilio.twiml.voice.Stream;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Twilio's own builder is the judge: both documents parse to the same tree.
class TwimlWriterTest {

    private static final String EVIL = "a<b>&\"c'\u00e9 \uD83D\uDE00 ]]>";

    @Test
    void aConnectedCallIsWrittenAsTwiliosBuilderWritesIt() {
        var ours =
                document(
                        new Twiml.Connect(
                                "https://h/voice-frontdoor/after-stream?attempt=1&x=2",
                                new Twiml.Stream(
                                        "wss://h/voice-stream",
                                        "https://h/voice-action",
                                        Map.of("callerNumber", EVIL))),
                        new Twiml.Pause(1),
                        new Twiml.Say(EVIL, "en-US", Optional.of("Polly.Joanna")),
                        new Twiml.Hangup());

        var twilios =
                new VoiceResponse.Builder()
                        .connect(
                                new Connect.Builder()
                                                .action(
                                                        "https://h/voice-frontdoor/after-stream?attempt=1&x=2")
                                                .method(HttpMethod.POST)
                                                .stream(
                                                        new Stream.Builder()
                                                                .url("wss://h/voice-stream")
                                                                .statusCallback(
                                                                        "https://h/voice-action")
                                                                .statusCallbackMethod(
                                                                        Stream.StatusCallbackMethod
                                                                                .POST)
                                                                .parameter(
                                                                        new Parameter.Builder()
                                                                                .name(
                                                                                        "callerNumber")
                                                                                .value(EVIL)
                                                                                .build())
                                                                .build())
                                                .build())
                        .pause(new Pause.Builder().length(1).build())
                        .say(
                                new Say.Builder(EVIL)
                                        .language(Say.Language.EN_US)
                                        .voice(Say.Voice.POLLY_JOANNA)
                                        .build())
                        .hangup(new Hangup.Builder().build())
                        .build();
        assertThat(Xml.tree(ours)).isEqualTo(Xml.tree(twilios.toXml()));
    }

    @Test
    void aCallPutThroughIsWrittenAsTwiliosBuilderWritesIt() {
        var ours =
                document(
                        new Twiml.Dial(
                                "+14155550100",
                                20,
                                Optional.of("+18005550123"),
                                "https://h/voice-frontdoor/after-dial",
                                "https://h/voice-action"));

        var twilios =
                new VoiceResponse.Builder()
                        .dial(
                                new Dial.Builder()
                                        .timeout(20)
                                        .answerOnBridge(true)
                                        .callerId("+18005550123")
                                        .action("https://h/voice-frontdoor/after-dial")
                                        .method(HttpMethod.POST)
                                        .number(
                                                new Number.Builder("+14155550100")
                                                        .statusCallback("https://h/voice-action")
                                                        .statusCallbackEvents(
                                                                List.of(
                                                                        Number.Event.INITIATED,
                                                                        Number.Event.RINGING,
                                                                        Number.Event.ANSWERED,
                                                                        Number.Event.COMPLETED))
                                                        .statusCallbackMethod(HttpMethod.POST)
                                                        .build())
                                        .build())
                        .build();
        assertThat(Xml.tree(ours)).isEqualTo(Xml.tree(twilios.toXml()));
    }

    @Test
    void aMessageIsTakenAsTwiliosBuilderWritesIt() {
        var ours =
                document(
                        new Twiml.Record(
                                120,
                                "https://h/voice-frontdoor/after-record",
                                "https://h/voice-action"));

        var twilios =
                new VoiceResponse.Builder()
                        .record(
                                new Record.Builder()
                                        .maxLength(120)
                                        .playBeep(true)
                                        .action("https://h/voice-frontdoor/after-record")
                                        .method(HttpMethod.POST)
                                        .recordingStatusCallback("https://h/voice-action")
                                        .recordingStatusCallbackMethod(HttpMethod.POST)
                                        .recordingStatusCallbackEvents(
                                                List.of(
                                                        Record.RecordingEvent.COMPLETED,
                                                        Record.RecordingEvent.ABSENT))
                                        .build())
                        .build();
        assertThat(Xml.tree(ours)).isEqualTo(Xml.tree(twilios.toXml()));
    }

    @Test
    void nothingStandsBeforeTheDeclaration() {
        assertThat(document()).startsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    }

    @Test
    void whatXmlCannotCarryIsReplacedAndTheRestSurvives() {
        var xml =
                document(
                        new Twiml.Say(
                                "a\u0000b\u001Fc\uD800d\uFFFEe\tf", "en-US", Optional.empty()));

        assertThat(Xml.parse(xml).getElementsByTagName("Say").item(0).getTextContent())
                .isEqualTo("a\uFFFDb\uFFFDc\uFFFDd\uFFFDe\tf");
    }

    @Test
    void aLineBreakInAnAttributeSurvives() {
        var xml =
                document(
                        new Twiml.Connect(
                                "https://h/x",
                                new Twiml.Stream(
                                        "wss://h/s", "https://h/a", Map.of("n", "a\r\n\tb"))));

        assertThat(
                        Xml.parse(xml)
                                .getElementsByTagName("Parameter")
                                .item(0)
                                .getAttributes()
                                .getNamedItem("value")
                                .getNodeValue())
                .isEqualTo("a\r\n\tb");
    }

    private static String document(Twiml... verbs) {
        return TwimlWriter.write(new Twiml.Document(List.of(verbs)));
    }
}
