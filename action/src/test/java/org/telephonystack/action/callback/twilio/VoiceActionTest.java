package org.telephonystack.action.callback.twilio;

import static io.restassured.RestAssured.given;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.telephonystack.action.wiring.ActionTest;
import org.telephonystack.action.wiring.SignedForm;
import org.telephonystack.action.wiring.TestDatabase;
import org.telephonystack.action.wiring.TwilioStub;
import org.telephonystack.model.twilio.TwilioSignature;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The one URL for callbacks and tool calls: who is let in, and what is answered.
@ActionTest
class VoiceActionTest {

    private static final String CALL_SID = "CA00000000000000000000000000000001";

    @Inject TestDatabase database;

    /// Signed by Twilio's own libraries: the public URL with its raw query counts, not the one this process sees.
    @Test
    void acceptsWhatTwiliosLibrariesSigned() {
        var v2 =
                base(
                        Map.of(
                                "CallStatus", "completed",
                                "CallDuration", "42",
                                "Duration", "1",
                                "CallbackSource", "call-progress-events",
                                "SequenceNumber", "0",
                                "Timestamp", "Sun, 22 Nov 2026 12:00:00 +0000"));
        var v17 =
                Map.of(
                        "AccountSid", "AC00000000000000000000000000000001",
                        "CallSid", CALL_SID,
                        "StreamSid", "MZ00000000000000000000000000000001",
                        "StreamName", "main",
                        "StreamEvent", "stream-error",
                        "StreamError", "Stream - WebSocket - Handshake Error",
                        "Timestamp", "2026-11-22T12:00:00.000Z");
        var v18 =
                Map.of(
                        "AccountSid", "AC00000000000000000000000000000001",
                        "ApiVersion", "2010-04-01",
                        "ErrorCode", "30003",
                        "From", "+18005550123",
                        "MessageSid", "SM00000000000000000000000000000001",
                        "SmsSid", "SM00000000000000000000000000000001",
                        "MessageStatus", "undelivered",
                        "SmsStatus", "undelivered",
                        "To", "+14155550199");
        var v19 =
                base(
                        Map.of(
                                "CallStatus", "no-answer",
                                "CallDuration", "0",
                                "Duration", "0",
                                "CallbackSource", "call-progress-events",
                                "SequenceNumber", "0",
                                "Timestamp", "Sun, 22 Nov 2026 12:00:00 +0000"));

        accepted(
                "/functions/v1/voice-action?kind=status&x=a%2Bb%20c",
                v2, "GKqimBqu5hoOEK6pa3xPenF6jq0=");
        accepted("/voice-action?kind=stream", v17, "ahPStJPxMT/NwXCssGEtk5wIwbs=");
        accepted("/voice-action?kind=sms", v18, "oZo/C6nPI1ifoBTa51L8naH0N5M=");
        accepted("/voice-action", v19, "DZccxYLmtrZU1bhxQuKshgtNy3Y=");

        assertThat(database.count("select count(*) from call_events where call_sid = $1", CALL_SID))
                .isEqualTo(3);
    }

    @Test
    void acceptsTheNextTokenDuringARotation() {
        var fields = status("CA20000000000000000000000000000001", "ringing");
        String signature =
                new TwilioSignature(List.of(TwilioStub.AUTH_TOKEN_NEXT))
                        .sign("https://voice.example.com/voice-action", multi(fields));

        SignedForm.post("/voice-action", fields, signature).then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AAAA", "DZccxYLmtrZU1bhxQuKshgtNy3Y=", "not base64 at all"})
    void refusesAWrongSignatureAndWritesNothing(String signature) {
        String callSid = "CA20000000000000000000000000000002";

        SignedForm.post("/voice-action", status(callSid, "failed"), signature)
                .then()
                .statusCode(403)
                .body(equalTo("Forbidden"));

        assertThat(database.count("select count(*) from call_events where call_sid = $1", callSid))
                .isZero();
        assertThat(database.count("select count(*) from calls where call_sid = $1", callSid))
                .isZero();
    }

    @Test
    void aSignedFormOfAnotherUrlIsRefused() {
        var fields = status("CA20000000000000000000000000000003", "failed");

        SignedForm.post("/voice-action?a=1", fields, SignedForm.signature("/voice-action", fields))
                .then()
                .statusCode(403);
    }

    @Test
    void aSignatureOpensNoToolCall() {
        given().contentType("application/json")
                .header("X-Twilio-Signature", SignedForm.signature("/voice-action", Map.of()))
                .body("{\"action\":\"list_tickets\",\"params\":{}}")
                .post("/voice-action")
                .then()
                .statusCode(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "text/xml", "application/xml; charset=UTF-8"})
    void anotherContentTypeIsNoProtocolOfOurs(String contentType) {
        given().header("Content-Type", contentType)
                .body("CallStatus=failed")
                .post("/voice-action")
                .then()
                .statusCode(400)
                .body(equalTo("Invalid Protocol"));
    }

    @Test
    void aCallTokenOfEightKibibytesIsRead() {
        var fields = new LinkedHashMap<>(status("CA20000000000000000000000000000004", "ringing"));
        fields.put("CallToken", "x".repeat(8192));

        SignedForm.post("/voice-action", fields).then().statusCode(200);

        assertThat(
                        database.text(
                                "select fields ->> 'CallToken' from call_events where call_sid = $1",
                                "CA20000000000000000000000000000004"))
                .isNull();
    }

    @Test
    void aBodyOverTheBoundIsRefused() {
        var fields = new LinkedHashMap<>(status("CA20000000000000000000000000000005", "ringing"));
        fields.put("CallToken", "x".repeat(64 * 1024));

        SignedForm.post("/voice-action", fields).then().statusCode(413);
    }

    @Test
    void getIsNotAnswered() {
        given().get("/voice-action").then().statusCode(405);
    }

    @Test
    void anEventIsStoredOnceThoughItsTokensDiffer() {
        var fields = status("CA20000000000000000000000000000006", "in-progress");
        for (String token : List.of("token-1", "token-1", "token-2")) {
            given().header("X-Twilio-Signature", SignedForm.signature("/voice-action", fields))
                    .header("I-Twilio-Idempotency-Token", token)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .body(SignedForm.encoded(fields))
                    .post("/voice-action")
                    .then()
                    .statusCode(200)
                    .body(equalTo("OK"));
        }

        assertThat(
                        database.count(
                                "select count(*) from call_events where call_sid = $1",
                                "CA20000000000000000000000000000006"))
                .isEqualTo(1);
    }

    @Test
    void aSignedFormThatWeDoNotKnowIsStoredAllTheSame() {
        SignedForm.post("/voice-action", Map.of("Surprise", "a thing of 2027"))
                .then()
                .statusCode(200);

        assertThat(
                        database.count(
                                "select count(*) from call_events where fields ->> 'Surprise' = 'a thing of 2027'"))
                .isEqualTo(1);
    }

    /// Any body, even `OK`, would be sent to the person as a text.
    @Test
    void aTextIsAnsweredWithoutABody() {
        SignedForm.post("/voice-action", text("SM2001", "+14155550201", "see you at five"))
                .then()
                .statusCode(204)
                .body(is(emptyString()));

        assertThat(database.text("select body from sms_inbox where message_sid = 'SM2001'"))
                .isEqualTo("see you at five");
    }

    @Test
    void stopIsRememberedAndStartForgetsIt() {
        String number = "+14155550202";
        String optedOut = "select count(*) from sms_opt_outs where phone = $1";

        SignedForm.post("/voice-action", text("SM2002", number, " Stop. ")).then().statusCode(204);
        assertThat(database.count(optedOut, number)).isEqualTo(1);
        SignedForm.post("/voice-action", text("SM2003", number, "START")).then().statusCode(204);
        assertThat(database.count(optedOut, number)).isZero();
        SignedForm.post("/voice-action", text("SM2002", number, " Stop. ")).then().statusCode(204);

        assertThat(database.count(optedOut, number))
                .as("a repetition of the older STOP changes nothing")
                .isZero();
    }

    @Test
    void aDialledLegThatNobodyAnswersIsNoLostCaller() {
        var fields = new LinkedHashMap<>(status("CA20000000000000000000000000000007", "no-answer"));
        fields.put("ParentCallSid", "CA20000000000000000000000000000008");
        fields.put("Direction", "outbound-dial");

        SignedForm.post("/voice-action", fields).then().statusCode(200);

        assertThat(
                        database.count(
                                "select count(*) from calls where call_sid = $1",
                                "CA20000000000000000000000000000007"))
                .isZero();
        assertThat(
                        database.count(
                                "select count(*) from call_events where call_sid = $1",
                                "CA20000000000000000000000000000007"))
                .isEqualTo(1);
    }

    private static void accepted(String target, Map<String, String> fields, String signature) {
        SignedForm.post(target, fields, signature)
                .then()
                .statusCode(200)
                .body(equalTo("OK"))
                .body(not(emptyString()));
    }

    private static Map<String, String> status(String callSid, String status) {
        return Map.of(
                "CallSid",
                callSid,
                "CallStatus",
                status,
                "Direction",
                "inbound",
                "From",
                "+14155550200",
                "To",
                TwilioStub.OUR_NUMBER,
                "SequenceNumber",
                "0");
    }

    private static Map<String, String> text(String messageSid, String from, String body) {
        return Map.of(
                "MessageSid", messageSid,
                "SmsMessageSid", messageSid,
                "SmsStatus", "received",
                "From", from,
                "To", TwilioStub.OUR_NUMBER,
                "Body", body);
    }

    private static Map<String, List<String>> multi(Map<String, String> fields) {
        var form = new LinkedHashMap<String, List<String>>();
        fields.forEach((name, value) -> form.put(name, List.of(value)));
        return form;
    }

    /// The 26 parameters of a call, some of them changed or added.
    private static Map<String, String> base(Map<String, String> more) {
        var fields = new LinkedHashMap<String, String>();
        String lines =
                """
                AccountSid=AC00000000000000000000000000000001
                ApiVersion=2010-04-01
                CallSid=CA00000000000000000000000000000001
                CallStatus=ringing
                Called=+18005550123
                CalledCity=
                CalledCountry=US
                CalledState=
                CalledZip=
                Caller=+14155550199
                CallerCity=SAN FRANCISCO
                CallerCountry=US
                CallerState=CA
                CallerZip=94105
                Direction=inbound
                From=+14155550199
                FromCity=SAN FRANCISCO
                FromCountry=US
                FromState=CA
                FromZip=94105
                To=+18005550123
                ToCity=
                ToCountry=US
                ToState=
                ToZip=
                StirVerstat=TN-Validation-Passed-A
                """;
        lines.lines()
                .forEach(line -> {
                    int equals = line.indexOf('=');
                    fields.put(line.substring(0, equals), line.substring(equals + 1));
                });
        fields.putAll(more);
        return fields;
    }
}
