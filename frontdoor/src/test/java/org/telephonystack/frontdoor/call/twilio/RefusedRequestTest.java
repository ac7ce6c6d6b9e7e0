package org.telephonystack.frontdoor.call.twilio;

import static io.restassured.RestAssured.given;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.telephonystack.frontdoor.fake.FakeAction;
import org.telephonystack.frontdoor.fake.FakeActionResource;
import org.telephonystack.frontdoor.fake.LoggedLines;
import org.telephonystack.frontdoor.fake.TwilioRequests;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Every refusal: a status, a log line, a count, and no stack trace.
@QuarkusTest
@SuppressWarnings("NullAway.Init") // Quarkus injects
@WithTestResource(FakeActionResource.class)
class RefusedRequestTest {

    private static final String RING = "/voice-frontdoor";

    FakeAction action;

    @Inject MeterRegistry registry;

    @TestHTTPResource("/")
    URI service;

    private final LoggedLines log = new LoggedLines();

    @BeforeEach
    void actionWorks() {
        action.answers(202, "{}");
    }

    @AfterEach
    void nothingHappened() {
        log.close();
        assertThat(action.requests("/internal/calls")).isEmpty();
        assertThat(log.stackTraces()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8ToOpAmp9+CFZ3+BQQnxJtRCy1k=", // made for the other path
                "D/iqBbQyfhFYtLC6rZ30Ir3ACP5=",
                "no base64 at all",
                ""
            })
    void aWrongSignatureIsForbidden(String signature) {
        double before = rejections("signature_wrong");

        Response answer = TwilioRequests.post(RING, TwilioRequests.ringing(), signature);

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.asString()).isEqualTo("Forbidden");
        assertThat(rejections("signature_wrong")).isEqualTo(before + 1);
        assertThat(log.lines())
                .singleElement()
                .asString()
                .startsWith("[Frontdoor] ❌ Security validation failed | Reason: signature_wrong")
                .contains("CallSid: CA00000000000000000000000000000001");
    }

    @Test
    void aChangedParameterIsForbidden() {
        var changed = TwilioRequests.ringing("From", "+14155550100");

        Response answer =
                TwilioRequests.post(
                        RING, changed, TwilioRequests.sign(RING, TwilioRequests.ringing()));

        assertThat(answer.statusCode()).isEqualTo(403);
    }

    @Test
    void aQueryThatWasNotSignedIsForbidden() {
        String signature = TwilioRequests.sign(RING, TwilioRequests.ringing());

        assertThat(
                        TwilioRequests.post(RING + "?a=1", TwilioRequests.ringing(), signature)
                                .statusCode())
                .isEqualTo(403);
    }

    @Test
    void noSignatureIsForbidden() {
        double before = rejections("signature_missing");

        Response answer =
                given().header("Content-Type", TwilioRequests.FORM)
                        .body(TwilioRequests.encode(TwilioRequests.ringing()))
                        .post(RING);

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.asString()).isEqualTo("Forbidden");
        assertThat(rejections("signature_missing")).isEqualTo(before + 1);
    }

    @Test
    void twoSignaturesAreForbidden() {
        String signature = TwilioRequests.sign(RING, TwilioRequests.ringing());

        Response answer =
                given().header("X-Twilio-Signature", signature, signature)
                        .header("Content-Type", TwilioRequests.FORM)
                        .body(TwilioRequests.encode(TwilioRequests.ringing()))
                        .post(RING);

        assertThat(answer.statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/after-stream?attempt=1", "/after-dial", "/after-record", "/fallback"})
    void everyWebhookAsksForTheSignature(String path) {
        assertThat(TwilioRequests.post(RING + path, TwilioRequests.ringing(), "x").statusCode())
                .isEqualTo(403);
        assertThat(
                        TwilioRequests.post(
                                        "/functions/v1" + RING + path,
                                        TwilioRequests.ringing(),
                                        "x")
                                .statusCode())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE", "PATCH"})
    void onlyPostIsServed(String method) {
        double before = refusals("method");

        Response answer = given().request(method, RING);

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.header("Allow")).isEqualTo("POST");
        assertThat(refusals("method")).isEqualTo(before + 1);
        assertThat(log.lines())
                .containsExactly(
                        "[Frontdoor] 🚫 Request Refused | Status: 405 | Reason: method | Path: "
                                + RING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/plain", "multipart/form-data; boundary=x"})
    void onlyAFormIsRead(String contentType) {
        double before = refusals("content_type");

        Response answer =
                given().header("Content-Type", contentType)
                        .header("X-Twilio-Signature", "x")
                        .body("{}".getBytes(StandardCharsets.UTF_8))
                        .post(RING);

        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(refusals("content_type")).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "CA 1", "CA1\r\nx", "<CA>"})
    void aCallNeedsAName(String callSid) {
        double before = refusals("no_call_sid");

        Response answer = TwilioRequests.post(RING, TwilioRequests.ringing("CallSid", callSid));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(refusals("no_call_sid")).isEqualTo(before + 1);
    }

    @Test
    void aSignedCallWithoutACallSidIsABadRequest() {
        Response answer = TwilioRequests.post(RING, Map.of("From", "+14155550199"));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.asString()).isEqualTo("Bad Request");
    }

    @Test
    void aMebibyteIsTooLarge() {
        double before = refusals("body_too_large");

        Response answer =
                TwilioRequests.post(RING, TwilioRequests.ringing("CallToken", "x".repeat(1 << 20)));

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(refusals("body_too_large")).isEqualTo(before + 1);
    }

    @Test
    void aMebibyteInChunksIsTooLarge() throws IOException {
        String chunk = "1000\r\n" + "x".repeat(0x1000) + "\r\n";

        String answer = raw("Transfer-Encoding: chunked\r\n", chunk.repeat(256) + "0\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 413 ");
    }

    @Test
    void tooManyParametersAreTooLarge() {
        String body = "a=1&".repeat(201);

        Response answer =
                given().header("Content-Type", TwilioRequests.FORM)
                        .header("X-Twilio-Signature", "x")
                        .body(body)
                        .post(RING);

        assertThat(answer.statusCode()).isEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CallSid=%zz", "CallSid=%", "CallSid=%ff%fe"})
    void aBrokenFormIsABadRequest(String body) {
        Response answer =
                given().header("Content-Type", TwilioRequests.FORM)
                        .header("X-Twilio-Signature", "x")
                        .body(body)
                        .post(RING);

        assertThat(answer.statusCode()).isEqualTo(400);
    }

    @Test
    void anAbsoluteTargetProvesNothingAboutOurAddress() throws IOException {
        String body = TwilioRequests.encode(TwilioRequests.ringing());
        String signature = TwilioRequests.sign(RING, TwilioRequests.ringing());

        String answer =
                exchange(
                        "POST https://evil.example.com" + RING + " HTTP/1.1\r\n",
                        "X-Twilio-Signature: "
                                + signature
                                + "\r\n"
                                + "Content-Length: "
                                + body.length()
                                + "\r\n",
                        body);

        assertThat(answer).startsWith("HTTP/1.1 403 ");
    }

    private String raw(String headers, String body) throws IOException {
        return exchange("POST " + RING + " HTTP/1.1\r\n", headers, body);
    }

    private String exchange(String line, String headers, String body) throws IOException {
        try (var socket = new Socket(service.getHost(), service.getPort())) {
            socket.setSoTimeout(20_000);
            String head =
                    line
                            + "Host: voice.example.com\r\nConnection: close\r\nContent-Type: "
                            + TwilioRequests.FORM
                            + "\r\n"
                            + headers
                            + "\r\n";
            socket.getOutputStream().write((head + body).getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private double rejections(String reason) {
        return registry.counter("telephony.security.rejections", "path", RING, "reason", reason)
                .count();
    }

    private double refusals(String outcome) {
        return registry.counter("telephony.frontdoor.requests", "path", RING, "outcome", outcome)
                .count();
    }
}
