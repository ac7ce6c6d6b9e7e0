package org.telephonystack.action.afterstream;

import static io.restassured.RestAssured.given;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

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

/// What frontdoor is told when the stream of a call has ended.
@ActionTest
class AfterStreamTest {

    @Inject TestDatabase database;

    @ParameterizedTest
    @ValueSource(strings = {"assistant_ended", "caller_hung_up", "caller_silent"})
    void aPlannedEndHangsUpAndTextsNobody(String end) {
        String callSid = "CA300000000000000000000000" + String.format("%08x", end.hashCode());
        database.streamJournal(callSid, end);

        ask(callSid, "+14155550301").body("then", equalTo("hang_up"));

        assertThat(texts(callSid)).isZero();
    }

    @Test
    void aLostCallerHearsAPromiseThatIsKept() {
        String callSid = "CA30000000000000000000000000000002";
        database.streamJournal(callSid, "model_lost");

        ask(callSid, "+14155550302")
                .body("then", equalTo("apologise"))
                .body("promiseText", equalTo(true));
        ask(callSid, "+14155550302")
                .body("then", equalTo("apologise"))
                .body("promiseText", equalTo(true));

        await().until(() -> !TwilioStub.sentTo("+14155550302").isEmpty());
        assertThat(texts(callSid)).isEqualTo(1);
        assertThat(TwilioStub.sentTo("+14155550302").getFirst().first("Body").orElse(""))
                .startsWith("Sorry, we lost connection. How can I help you?");
    }

    @Test
    void aCallWhoseStreamNeverCameIsTriedThreeTimesAndLost() {
        String callSid = "CA30000000000000000000000000000003";

        ask(callSid, 1, "+14155550303")
                .body("then", equalTo("connect_again"))
                .body("attempt", equalTo(2));
        ask(callSid, 1, "+14155550303").body("attempt", equalTo(2));
        ask(callSid, 2, "+14155550303").body("attempt", equalTo(3));
        assertThat(texts(callSid)).isZero();
        ask(callSid, 3, "+14155550303")
                .body("then", equalTo("apologise"))
                .body("promiseText", equalTo(true));

        assertThat(texts(callSid)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"handed_over", "caller_leg_lost", "bug"})
    void aStreamThatNobodyMeantToEndIsTakenUpByAnother(String end) {
        String callSid = "CA310000000000000000000000" + String.format("%08x", end.hashCode());
        database.streamJournal(callSid, end);

        ask(callSid, "+14155550309")
                .body("then", equalTo("connect_again"))
                .body("attempt", equalTo(2));

        assertThat(texts(callSid)).isZero();
        assertThat(database.text("select outcome from calls where call_sid = $1", callSid))
                .isNull();
    }

    @Test
    void whatTwilioSaysOfAnOlderStreamDoesNotEndACallThatGoesOn() {
        String callSid = "CA30000000000000000000000000000009";
        ask(callSid, "+14155550310").body("then", equalTo("connect_again"));
        database.execute(
                """
                update calls set attempt = 2, stream_sid = 'MZ2', stream_started_at = now() where call_sid = $1
                """,
                callSid);
        database.execute(
                """
                insert into call_events (dedupe_key, call_sid, kind, status, fields, received_at) values
                    ($1 || ':old', $1, 'stream', 'stream-error', '{"StreamSid": "MZ1"}', now() - interval '1 hour')
                """,
                callSid);

        given().contentType("application/json")
                .header("Authorization", "Bearer " + ActionTestDatabase.SERVICE_SECRET)
                .body(new JsonObject().put("callSid", callSid).encode())
                .post("/internal/calls")
                .then()
                .statusCode(202);

        assertThat(database.text("select outcome from calls where call_sid = $1", callSid))
                .isNull();
        assertThat(database.text("select review_at from calls where call_sid = $1", callSid))
                .isNull();
    }

    @Test
    void nothingIsPromisedToWhomCannotBeTexted() {
        database.streamJournal("CA30000000000000000000000000000004", "model_lost");

        ask("CA30000000000000000000000000000004", "anonymous")
                .body("then", equalTo("apologise"))
                .body("promiseText", equalTo(false));

        assertThat(
                        database.text(
                                "select state || ' ' || error_reason from sms_outbox where call_sid = $1",
                                "CA30000000000000000000000000000004"))
                .isEqualTo("skipped not_a_number");
    }

    @Test
    void aCallThatIsOverIsHungUp() {
        given().contentType("application/json")
                .header("Authorization", "Bearer " + ActionTestDatabase.SERVICE_SECRET)
                .body(question("CA30000000000000000000000000000005", "+14155550305", "completed"))
                .post("/internal/after-stream")
                .then()
                .statusCode(200)
                .body("then", equalTo("hang_up"))
                .body("promiseText", nullValue());
    }

    @Test
    void aTransferWithoutANumberTakesAMessage() {
        database.streamJournal("CA30000000000000000000000000000006", "transfer");

        ask("CA30000000000000000000000000000006", "+14155550306")
                .body("then", equalTo("voicemail"));
    }

    @Test
    void theAnnouncementNamesTheCaller() {
        String callSid = "CA30000000000000000000000000000007";
        String body =
                new JsonObject()
                        .put("callSid", callSid)
                        .put("from", "+14155550307")
                        .put("to", TwilioStub.OUR_NUMBER)
                        .put("direction", "inbound")
                        .encode();

        for (int i = 0; i < 2; i++) {
            given().contentType("application/json")
                    .header("Authorization", "Bearer " + ActionTestDatabase.SERVICE_SECRET_NEXT)
                    .body(body)
                    .post("/internal/calls")
                    .then()
                    .statusCode(202);
        }

        assertThat(database.text("select caller from calls where call_sid = $1", callSid))
                .isEqualTo("+14155550307");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/internal/calls", "/internal/after-stream", "/send-sms"})
    void nobodyGetsInWithoutTheServiceSecret(String path) {
        String body = question("CA30000000000000000000000000000008", "+14155550308", "in-progress");

        given().contentType("application/json").body(body).post(path).then().statusCode(401);
        given().contentType("application/json")
                .header("Authorization", "Bearer wrong")
                .body(body)
                .post(path)
                .then()
                .statusCode(401);

        assertThat(
                        database.count(
                                "select count(*) from calls where call_sid = $1",
                                "CA30000000000000000000000000000008"))
                .isZero();
    }

    private static ValidatableResponse ask(String callSid, String from) {
        return ask(callSid, 1, from);
    }

    private static ValidatableResponse ask(String callSid, int attempt, String from) {
        return given().contentType("application/json")
                .header("Authorization", "Bearer " + ActionTestDatabase.SERVICE_SECRET)
                .body(question(callSid, attempt, from, "in-progress"))
                .post("/internal/after-stream")
                .then()
                .statusCode(200);
    }

    private static String question(String callSid, String from, String callStatus) {
        return question(callSid, 1, from, callStatus);
    }

    private static String question(String callSid, int attempt, String from, String callStatus) {
        return new JsonObject()
                .put("callSid", callSid)
                .put("attempt", attempt)
                .put("callStatus", callStatus)
                .put("from", from)
                .put("to", TwilioStub.OUR_NUMBER)
                .encode();
    }

    private long texts(String callSid) {
        return database.count("select count(*) from sms_outbox where call_sid = $1", callSid);
    }
}
