package org.telephonystack.frontdoor.twiml;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.telephonystack.frontdoor.call.InboundCall;
import org.telephonystack.frontdoor.call.RoutingDecision;
import org.telephonystack.model.CallSid;
import org.telephonystack.model.PhoneNumber;
import org.telephonystack.model.ticket.StreamTicket;
import org.telephonystack.model.ticket.StreamTickets;
import org.telephonystack.model.twilio.PublicUrl;
import org.telephonystack.simulator.twiml.TwimlReader;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The whole documents, word for word: `src/test/resources/twiml`. Only the ticket, which is random, stands as `TICKET`.
class CallTwimlTest {

    private static final CallSid CALL = new CallSid("CA00000000000000000000000000000001");
    private static final Pattern TICKET = Pattern.compile("(?<=name=\"ticket\" value=\")[^\"]+");
    private static final PhoneNumber HUMAN = new PhoneNumber("+14155550100");
    private static final RoutingDecision FIRST =
            new RoutingDecision.Connect(StreamTicket.Kind.NEW, 1);

    private final StreamTickets tickets =
            new StreamTickets(
                    List.of("test-ticket-secret-of-32-characters"),
                    InstantSource.fixed(Instant.parse("2026-11-22T12:00:00Z")));

    @Test
    void connect() {
        assertGolden("connect.xml", write(FIRST, "+14155550199", "", "en"));
    }

    @Test
    void connectUnderTheOriginalsPrefixInSpanish() {
        assertGolden(
                "connect-functions-v1-es.xml", write(FIRST, "+14155550199", "/functions/v1", "es"));
    }

    @Test
    void connectAgain() {
        var again = new RoutingDecision.Connect(StreamTicket.Kind.RESUME, 2);

        assertGolden("connect-again.xml", write(again, "anonymous", "", "en"));
    }

    @Test
    void dial() {
        assertGolden("dial.xml", write(new RoutingDecision.Dial(HUMAN), "+14155550199", "", "en"));
    }

    @Test
    void dialForACallerWithoutANumberShowsTheNumberDialled() {
        assertGolden(
                "dial-anonymous.xml",
                write(new RoutingDecision.Dial(HUMAN), "anonymous", "", "en"));
    }

    @Test
    void voicemail() {
        assertGolden(
                "voicemail.xml", write(new RoutingDecision.Voicemail(), "+14155550199", "", "en"));
    }

    @Test
    void apologise() {
        var promising = new RoutingDecision.Apologise(true, Optional.empty());
        var honest = new RoutingDecision.Apologise(false, Optional.empty());

        assertGolden("apologise-text.xml", write(promising, "+14155550199", "", "en"));
        assertGolden("apologise.xml", write(honest, "+14155550199", "", "en"));
    }

    @Test
    void apologiseAndDial() {
        var decision = new RoutingDecision.Apologise(false, Optional.of(HUMAN));

        assertGolden("apologise-dial.xml", write(decision, "+14155550199", "", "en"));
    }

    @Test
    void thankHangUpAndNothing() {
        assertGolden("thank.xml", write(new RoutingDecision.Thank(), "+14155550199", "", "en"));
        assertGolden("hang-up.xml", write(new RoutingDecision.HangUp(), "+14155550199", "", "en"));
        assertGolden("nothing.xml", write(new RoutingDecision.Nothing(), "+14155550199", "", "en"));
    }

    @Test
    void theTicketIsValidForThisCallKindAndAttempt() {
        var again = new RoutingDecision.Connect(StreamTicket.Kind.RESUME, 3);

        var matcher = TICKET.matcher(write(again, "+14155550199", "", "en"));

        assertThat(matcher.find()).isTrue();
        assertThat(tickets.check(matcher.group(), CALL))
                .isInstanceOfSatisfying(
                        StreamTickets.Checked.Valid.class,
                        valid -> {
                            assertThat(valid.ticket().kind()).isEqualTo(StreamTicket.Kind.RESUME);
                            assertThat(valid.ticket().attempt()).isEqualTo(3);
                        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"anonymous", "client:jane", "sip:x@y", "+266696687", "", "<&\">"})
    void aTextIsPromisedOnlyToANumberThatCanHaveOne(String from) {
        String xml = write(FIRST, from, "", "en");

        assertThat(xml).contains("Please call us again.").doesNotContain("text message");
        assertThat(Xml.tree(xml)).contains("value=" + from + "}");
    }

    @Test
    void aCallersEndlessNumberIsCutBelowTwiliosLimit() {
        String xml = write(FIRST, "9".repeat(5_000), "", "en");

        assertThat(xml).contains("\"" + "9".repeat(100) + "\"").doesNotContain("9".repeat(101));
    }

    private String write(RoutingDecision decision, String from, String prefix, String language) {
        var voice = new PublicUrl("https://voice.example.com");
        var twiml =
                new CallTwiml(
                        new PublicAddresses(voice, voice, voice),
                        tickets,
                        Texts.in(language, Optional.empty()),
                        new CallTwiml.Limits(Duration.ofSeconds(20), Duration.ofMinutes(2)),
                        Optional.of("rc=3&rp=all"));
        var call =
                new InboundCall(
                        CALL, from, "+18005550123", "ringing", Optional.empty(), Optional.empty());
        String xml = TwimlWriter.write(twiml.of(decision, call, prefix));
        assertThat(TwimlReader.read(xml).complaints()).as("what Twilio would say").isEmpty();
        return xml;
    }

    private static void assertGolden(String file, String xml) {
        try (InputStream golden = CallTwimlTest.class.getResourceAsStream("/twiml/" + file)) {
            assertThat(golden).as("src/test/resources/twiml/%s", file).isNotNull();
            assertThat(TICKET.matcher(xml).replaceAll("TICKET"))
                    .isEqualTo(new String(golden.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
