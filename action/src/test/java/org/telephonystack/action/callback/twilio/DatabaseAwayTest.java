package org.telephonystack.action.callback.twilio;

import static io.restassured.RestAssured.given;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.telephonystack.action.wiring.ActionTest;
import org.telephonystack.action.wiring.ActionTestDatabase;
import org.telephonystack.action.wiring.SignedForm;
import org.telephonystack.action.wiring.TwilioStub;

import java.time.Duration;
import java.util.Map;

/// What cannot be stored is not confirmed, so that Twilio repeats it; afterwards nothing is missing.
@ActionTest
class DatabaseAwayTest {

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
}
