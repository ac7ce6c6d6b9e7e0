package org.telephonystack.action.sms;

import static io.restassured.RestAssured.given;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonObject;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.telephonystack.action.wiring.ActionTest;
import org.telephonystack.action.wiring.ActionTestDatabase;
import org.telephonystack.action.wiring.TestDatabase;
import org.telephonystack.action.wiring.TwilioStub;

/// `POST /send-sms`, as the edge function promised it.
@ActionTest
class SendSmsTest {

    @Inject TestDatabase database;

    @Test
    void answersTwiliosOwnJson() {
        send("+14155550401", "Your table is ready.")
                .statusCode(200)
                .body("sid", startsWith("SM"))
                .body("status", equalTo("queued"));

        assertThat(TwilioStub.sentTo("+14155550401"))
                .singleElement()
                .satisfies(text -> assertThat(text.first("Body")).contains("Your table is ready."));
    }

    @Test
    void answersTwiliosComplaint() {
        TwilioStub.stub(
                TwilioStub.sendTo("+14155550402")
                        .willReturn(
                                TwilioStub.refused(
                                        400,
                                        21211,
                                        "The 'To' number is not a valid phone number.")));

        send("+14155550402", "hello")
                .statusCode(400)
                .body("error", equalTo("The 'To' number is not a valid phone number."));
    }

    @Test
    void whoSaidStopGetsNoText() {
        database.execute(
                "insert into sms_opt_outs (phone, reason) values ('+14155550403', 'stop')");

        send("+14155550403", "hello").statusCode(400);

        assertThat(TwilioStub.sentTo("+14155550403")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"to\":\"+14155550404\"}",
                "{\"to\":\"911\",\"body\":\"hi\"}",
                "{\"to\":7,\"body\":\"hi\"}"
            })
    void whatIsIncompleteIsRefused(String body) {
        given().contentType("application/json")
                .header("Authorization", "Bearer " + ActionTestDatabase.SERVICE_SECRET)
                .body(body)
                .post("/functions/v1/send-sms")
                .then()
                .statusCode(400);
    }

    private static ValidatableResponse send(String to, String body) {
        return given().contentType("application/json")
                .header("Authorization", "Bearer " + ActionTestDatabase.SERVICE_SECRET)
                .body(new JsonObject().put("to", to).put("body", body).encode())
                .post("/send-sms")
                .then();
    }
}
