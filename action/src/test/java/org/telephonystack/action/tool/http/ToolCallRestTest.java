package org.telephonystack.action.tool.http;

import static io.restassured.RestAssured.given;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.micrometer.core.instrument.MeterRegistry;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.telephonystack.action.business.BusinessStore;
import org.telephonystack.action.business.Businesses;
import org.telephonystack.action.wiring.ActionTest;
import org.telephonystack.action.wiring.ActionTestDatabase;
import org.telephonystack.action.wiring.TestDatabase;

import java.util.List;
import java.util.Map;

/// The envelope: who may send one, what is none, and that there is always a sentence.
@ActionTest
class ToolCallRestTest {

    private static final String CALL = "CA" + "e2e1".repeat(8);

    @Inject TestDatabase database;
    @Inject BusinessStore businesses;
    @Inject MeterRegistry meters;

    @BeforeEach
    void aDentistIsOpenEveryDay() {
        clean();
        ToolCalls.apply(businesses, Businesses.in("America/New_York"));
        database.execute("insert into calls (call_sid, caller) values ($1, '+14155550199')", CALL);
    }

    @AfterEach
    void clean() {
        for (String table : List.of("tool_calls", "resources", "services", "business")) {
            database.execute("delete from " + table);
        }
        database.execute("delete from calls where call_sid = $1", CALL);
    }

    @Test
    void anEndedCallGetsAGoodbye() {
        new ToolCalls(CALL)
                .call("end_call", Map.of("reason", "done"))
                .body("outcome", equalTo("success"))
                .body("script", equalTo("Thank you for calling Riverside Dental. Goodbye!"));
    }

    @Test
    void anUnknownActionOffersATeamMember() {
        new ToolCalls(CALL)
                .call("launch_rocket", Map.of())
                .body("outcome", equalTo("error"))
                .body("script", containsString("team member"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "\"text\"",
                "{}",
                "{\"action\": 7}",
                "{\"action\": \"create_booking\", \"params\": []}",
                "{\"action\": \"create_booking\", \"params\": {\"time\": {\"a\": 1}}}",
                "{\"action\": \"create_booking\", \"params\": {\"time\": 5}}",
                "{\"action\": \"create_booking\", \"callSid\": \"no sid\"}",
                "{\"action\": \"create_booking\", \"callSid\": 5}",
                "{\"action\": \"create_booking\", \"toolCallId\": \"\"}",
            })
    void whatIsNoToolCallGetsAHarmlessSentence(String body) {
        ToolCalls.post(body)
                .statusCode(200)
                .body("outcome", equalTo("error"))
                .body("script", equalTo("I'm sorry, I didn't get that. Could you say it again?"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{\"action\": \"end_call\"} x",
                "{\"action\": \"end_call\", \"action\": \"create_booking\"}"
            })
    void whatIsNoJsonIsABadRequest(String body) {
        ToolCalls.post(body)
                .statusCode(400)
                .body("outcome", equalTo("error"))
                .body("script", notNullValue());
    }

    @Test
    void aNestingBombIsABadRequest() {
        ToolCalls.post("{\"action\": \"end_call\", \"params\": " + "[".repeat(5000))
                .statusCode(400)
                .body("outcome", equalTo("error"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer wrong", "Basic abc", "Bearer "})
    void whoDoesNotKnowTheSecretGetsNothing(String authorization) {
        double before =
                meters.counter("telephony.security.rejections", "reason", "service_secret").count();
        var request = given().contentType("application/json").body("{ this is not even JSON");
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }

        request.post("/voice-action").then().statusCode(401).body("error", equalTo("Unauthorized"));

        assertThat(
                        meters.counter("telephony.security.rejections", "reason", "service_secret")
                                .count())
                .isEqualTo(before + 1);
    }

    @Test
    void theNextSecretIsGoodAsWell() {
        given().contentType("application/json")
                .header("Authorization", "Bearer " + ActionTestDatabase.SERVICE_SECRET_NEXT)
                .body("{\"action\": \"end_call\"}")
                .post("/functions/v1/voice-action")
                .then()
                .statusCode(200)
                .body("outcome", equalTo("success"));
    }
}
