package org.telephonystack.action.tool.http;

import static io.restassured.RestAssured.given;

import io.restassured.response.ValidatableResponse;

import org.telephonystack.action.business.BookingRules;
import org.telephonystack.action.business.Business;
import org.telephonystack.action.business.BusinessStore;
import org.telephonystack.action.business.Businesses;
import org.telephonystack.action.wiring.ActionTestDatabase;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// What the model of one call wants done, sent as stream sends it.
record ToolCalls(String callSid) {

    /// Its id is the tool's name: the same tool twice is the same tool call.
    ValidatableResponse call(String action, Map<String, String> params) {
        return call(action, params, action);
    }

    ValidatableResponse call(String action, Map<String, String> params, String id) {
        return post(
                Map.of("action", action, "params", params, "callSid", callSid, "toolCallId", id));
    }

    static ValidatableResponse post(Map<String, Object> envelope) {
        return post((Object) envelope).statusCode(200);
    }

    /// @param body text, or what becomes JSON
    static ValidatableResponse post(Object body) {
        return given().contentType("application/json")
                .header("Authorization", "Bearer " + ActionTestDatabase.SERVICE_SECRET)
                .body(body)
                .post("/voice-action")
                .then();
    }

    /// Appointments may begin at once.
    static void apply(BusinessStore businesses, Business business) {
        businesses
                .apply(
                        Businesses.with(
                                business,
                                new BookingRules(Duration.ofMinutes(30), Duration.ZERO, 30)))
                .toCompletableFuture()
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
    }
}
