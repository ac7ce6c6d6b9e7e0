package org.telephonystack.action.callback.twilio;

import static io.restassured.RestAssured.given;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.inject.Inject;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.telephonystack.action.wiring.ActionTest;
import org.telephonystack.action.wiring.ActionTestDatabase;
import org.telephonystack.action.wiring.SignedForm;
import org.telephonystack.action.wiring.TestDatabase;
import org.telephonystack.action.wiring.TwilioStub;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/// What cannot be stored is not confirmed, so that Twilio repeats it; afterwards nothing is missing.
@ActionTest
class DatabaseAwayTest {

    @Inject TestDatabase database;

    private static final Map<String, String> FAILED =
            Map.of(
                    "CallSid", "CA70000000000000000000000000000001",
                    "CallStatus", "failed",
                    "From", "+14155550701");

    @Test
    void aCallbackIsRepeatedUntilItIsStored() {
        ActionTestDatabase.runWithout(() -> {
            SignedForm.post("/voice-action", FAILED).then().statusCode(503);
            SignedForm.post(
                            "/voice-action",
                            Map.of("MessageSid", "SM0701", "From", "+1", "Body", "hello"))
                    .then()
                    .statusCode(503);
            given().contentType("application/json")
                    .header("Authorization", "Bearer " + ActionTestDatabase.SERVICE_SECRET)
                    .body("{\"callSid\":\"CA70000000000000000000000000000001\",\"attempt\":1}")
                    .post("/internal/after-stream")
                    .then()
                    .statusCode(503);
        });

        await().atMost(Duration.ofSeconds(20))
                .until(() -> SignedForm.post("/voice-action", FAILED).statusCode() == 200);
        await().until(() -> !TwilioStub.sentTo("+14155550701").isEmpty());
        assertThat(TwilioStub.sentTo("+14155550701")).hasSize(1);
    }

    /// Both calls were announced; the callbacks of one came while nobody could store them, and never again. It ended half a minute
    /// after it came in, and nobody asks before it is due.
    @Test
    void aCallWhoseCallbacksWereLostIsConcludedByAskingTwilio() {
        String lost = "CA70000000000000000000000000000002";
        String unknown = "CA70000000000000000000000000000003";
        String goesOn = "CA70000000000000000000000000000004";
        OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
        TwilioStub.stub(
                TwilioStub.call(lost)
                        .willReturn(
                                TwilioStub.onTheBooks(
                                        lost, "completed", "+14155550702", now.minusSeconds(90))));
        TwilioStub.stub(
                TwilioStub.call(goesOn)
                        .willReturn(
                                TwilioStub.onTheBooks(goesOn, "in-progress", "+14155550704", now)));
        for (String call : List.of(lost, unknown, goesOn)) {
            announce(call);
        }
        ActionTestDatabase.runWithout(() ->
                SignedForm.post("/voice-action", Map.of("CallSid", lost, "CallStatus", "completed"))
                        .then()
                        .statusCode(503));
        await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> forgotten() == 3);

        await().atMost(Duration.ofSeconds(20))
                .until(() ->
                        "twilio_failed".equals(outcome(lost))
                                && "unknown".equals(outcome(unknown)));

        await().atMost(Duration.ofSeconds(20))
                .until(() -> !TwilioStub.sentTo("+14155550702").isEmpty());
        assertThat(TwilioStub.sentTo("+14155550702")).hasSize(1);
        assertThat(outcome(goesOn)).isNull();
    }

    private long forgotten() {
        return database.execute(
                        "update calls set updated_at = now() - interval '121 seconds' where call_sid ~ '^CA7.*[234]$' and reconcile_at is null returning call_sid")
                .rowCount();
    }

    private @Nullable String outcome(String call) {
        return database.text("select outcome from calls where call_sid = $1", call);
    }

    private static void announce(String call) {
        given().contentType("application/json")
                .header("Authorization", "Bearer " + ActionTestDatabase.SERVICE_SECRET)
                .body(
                        Map.of(
                                "callSid",
                                call,
                                "from",
                                "+1415555070" + call.charAt(33),
                                "to",
                                TwilioStub.OUR_NUMBER,
                                "direction",
                                "inbound"))
                .post("/internal/calls")
                .then()
                .statusCode(202);
    }
}
