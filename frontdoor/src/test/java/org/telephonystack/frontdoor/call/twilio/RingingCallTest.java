package org.telephonystack.frontdoor.call.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.xml.XmlPath;
import io.restassured.response.Response;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.telephonystack.frontdoor.fake.FakeAction;
import org.telephonystack.frontdoor.fake.FakeActionResource;
import org.telephonystack.frontdoor.fake.LoggedLines;
import org.telephonystack.frontdoor.fake.TwilioRequests;
import org.telephonystack.model.CallSid;
import org.telephonystack.model.CallTrace;
import org.telephonystack.model.ticket.StreamTickets;

import java.time.InstantSource;
import java.util.List;

@QuarkusTest
@SuppressWarnings("NullAway.Init") // Quarkus injects
@WithTestResource(FakeActionResource.class)
class RingingCallTest {

    /// Published with the signature algorithm; computed by Twilio's own libraries.
    private static final String V1 = "8ToOpAmp9+CFZ3+BQQnxJtRCy1k=";

    private static final String V15 = "D/iqBbQyfhFYtLC6rZ30Ir3ACP4=";
    private static final String V20_OTHER_TOKEN = "GJEuDtNC9/7FITBq+CyZ5MBDQAw=";

    FakeAction action;

    @Inject MeterRegistry registry;

    @Inject InMemorySpanExporter spans;

    private final LoggedLines log = new LoggedLines();

    @BeforeEach
    void actionWorks() {
        action.answers(202, "{}");
    }

    @AfterEach
    void close() {
        log.close();
        action.letGo();
    }

    @Test
    void aSignedCallIsConnectedToTheStream() {
        Response answer = TwilioRequests.post("/voice-frontdoor", TwilioRequests.ringing(), V15);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.contentType()).startsWith("text/xml");
        assertThat(answer.asString()).startsWith("<?xml");
        XmlPath xml = answer.xmlPath();
        assertThat(xml.getString("Response.Connect.@action"))
                .isEqualTo("https://voice.example.com/voice-frontdoor/after-stream?attempt=1");
        assertThat(xml.getString("Response.Connect.Stream.@url"))
                .isEqualTo("wss://voice.example.com/voice-stream");
        assertThat(parameter(xml, "callerNumber")).isEqualTo("+14155550199");
        assertThat(parameter(xml, "callSid")).isEqualTo("CA00000000000000000000000000000001");
        assertThat(parameter(xml, "traceId")).isEqualTo("00000000000000000000000000000001");
        assertThat(
                        new StreamTickets(
                                        List.of("test-ticket-secret-of-32-characters"),
                                        InstantSource.system())
                                .check(
                                        parameter(xml, "ticket"),
                                        new CallSid("CA00000000000000000000000000000001")))
                .isInstanceOf(StreamTickets.Checked.Valid.class);
    }

    @Test
    void aNumberConfiguredForTheOriginalStaysUnderItsPaths() {
        Response answer =
                TwilioRequests.post("/functions/v1/voice-frontdoor", TwilioRequests.ringing(), V1);

        assertThat(answer.statusCode()).isEqualTo(200);
        XmlPath xml = answer.xmlPath();
        assertThat(xml.getString("Response.Connect.@action"))
                .isEqualTo(
                        "https://voice.example.com/functions/v1/voice-frontdoor/after-stream?attempt=1");
        assertThat(xml.getString("Response.Connect.Stream.@url"))
                .isEqualTo("wss://voice.example.com/functions/v1/voice-stream");
        assertThat(xml.getString("Response.Connect.Stream.@statusCallback"))
                .isEqualTo("https://voice.example.com/functions/v1/voice-action");
    }

    @Test
    void theSecondTokenOfARotationIsGoodTooAndCounted() {
        double before = count("telephony.twilio.signatures", "token", "next");

        Response answer =
                TwilioRequests.post("/voice-frontdoor", TwilioRequests.ringing(), V20_OTHER_TOKEN);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(count("telephony.twilio.signatures", "token", "next")).isEqualTo(before + 1);
    }

    @Test
    void theCallIsLoggedToTheLetterWithTheNumberMasked() {
        TwilioRequests.post("/voice-frontdoor", TwilioRequests.ringing(), V15);

        assertThat(log.lines())
                .contains(
                        "[Frontdoor] 📞 Call Incoming. Trace: 00000000000000000000000000000001"
                                + " | CallSid: CA00000000000000000000000000000001"
                                + " | From: +1******0199");
    }

    @Test
    void actionIsToldWithTheServiceSecret() {
        TwilioRequests.post("/voice-frontdoor", TwilioRequests.ringing(), V15);

        await().until(() -> !action.requests("/internal/calls").isEmpty());
        var announced = action.requests("/internal/calls").getFirst();
        assertThat(announced.authorization())
                .isEqualTo("Bearer test-service-secret-of-32-characters");
        assertThat(announced.body().getMap())
                .containsEntry("callSid", "CA00000000000000000000000000000001")
                .containsEntry("from", "+14155550199")
                .containsEntry("to", "+18005550123")
                .containsEntry("direction", "inbound")
                .containsEntry("stirVerstat", "TN-Validation-Passed-A")
                .containsKey("at");
    }

    @Test
    void theCallerWaitsForNobody() {
        action.hangs();

        Response answer = TwilioRequests.post("/voice-frontdoor", TwilioRequests.ringing(), V15);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.asString()).contains("<Stream ");
        await().until(() -> action.requests("/internal/calls").size() == 1);
        await().untilAsserted(() ->
                assertThat(log.lines())
                        .anySatisfy(line ->
                                assertThat(line)
                                        .startsWith("[Frontdoor] ⚠️ Announcement Lost")
                                        .endsWith("Reason: timeout")));
    }

    @Test
    void theWebhookIsASpanInTheCallsTrace() {
        spans.reset();

        TwilioRequests.post("/voice-frontdoor", TwilioRequests.ringing(), V15);

        await().until(() -> !spans.getFinishedSpanItems().isEmpty());
        assertThat(spans.getFinishedSpanItems())
                .singleElement()
                .satisfies(span -> {
                    assertThat(span.getName()).isEqualTo("webhook");
                    assertThat(span.getTraceId()).isEqualTo("00000000000000000000000000000001");
                    assertThat(span.getParentSpanId())
                            .isEqualTo(
                                    CallTrace.of(new CallSid("CA00000000000000000000000000000001"))
                                            .rootSpanId());
                });
    }

    @Test
    void anEightKibibyteCallTokenIsNoObstacle() {
        var form = TwilioRequests.ringing("CallToken", "%7B\"t\":+\"" + "é".repeat(4_096));

        assertThat(TwilioRequests.post("/voice-frontdoor", form).statusCode()).isEqualTo(200);
    }

    @Test
    void aCallerWhoIsNoNumberIsConnectedToo() {
        var form = TwilioRequests.ringing("From", "sip:\"<x&y>\"@example.com");

        Response answer = TwilioRequests.post("/voice-frontdoor", form);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(parameter(answer.xmlPath(), "callerNumber"))
                .isEqualTo("sip:\"<x&y>\"@example.com");
    }

    private double count(String name, String... tags) {
        return registry.counter(name, tags).count();
    }

    private static String parameter(XmlPath xml, String name) {
        return xml.getString(
                "Response.Connect.Stream.Parameter.find { it.@name == '" + name + "' }.@value");
    }
}
