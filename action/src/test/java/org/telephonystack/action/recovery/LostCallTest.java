package org.telephonystack.action.recovery;

import static io.restassured.RestAssured.given;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.telephonystack.action.outcome.CallEvent;
import org.telephonystack.action.wiring.ActionTest;
import org.telephonystack.action.wiring.ActionTestDatabase;
import org.telephonystack.action.wiring.SignedForm;
import org.telephonystack.action.wiring.TestDatabase;
import org.telephonystack.action.wiring.TwilioStub;
import org.telephonystack.model.CallSid;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A caller is lost, and a text goes out.
@ActionTest
class LostCallTest {

    @Inject TestDatabase database;
    @Inject CallLedger ledger;
    @Inject MeterRegistry meters;

    @Test
    void aFailedCallIsAnsweredWithOneText() {
        var fields =
                Map.of(
                        "CallSid", "CA10000000000000000000000000000001",
                        "CallStatus", "failed",
                        "Direction", "inbound",
                        "From", "+14155550101",
                        "To", TwilioStub.OUR_NUMBER);

        SignedForm.post("/voice-action", fields).then().statusCode(200);
        SignedForm.post("/functions/v1/voice-action", fields).then().statusCode(200);

        await().until(() -> !TwilioStub.sentTo("+14155550101").isEmpty());
        assertThat(TwilioStub.sentTo("+14155550101"))
                .singleElement()
                .satisfies(text -> {
                    assertThat(text.first("Body").orElse(""))
                            .startsWith(
                                    "Sorry we couldn't take your call! Reply here or call back anytime.");
                    assertThat(text.first("From")).contains(TwilioStub.OUR_NUMBER);
                    assertThat(text.first("StatusCallback"))
                            .contains("https://voice.example.com/voice-action#rc=3&rp=all");
                    assertThat(text.first("ValidityPeriod")).contains("600");
                });
    }

    /// Operators are woken by callers who were lost, not by a full house.
    @Test
    void whyATextWasQueuedIsCounted() {
        double lost = queued("twilio_failed");
        double full = queued("declined");
        given().contentType("application/json")
                .header("Authorization", "Bearer " + ActionTestDatabase.SERVICE_SECRET)
                .body(
                        Map.of(
                                "callSid", "CA10000000000000000000000000000108",
                                "from", "+14155550108",
                                "to", TwilioStub.OUR_NUMBER,
                                "direction", "inbound",
                                "turnedAway", "full"))
                .post("/internal/calls")
                .then()
                .statusCode(202);
        end("CA10000000000000000000000000000108", "completed", "+14155550108");
        end("CA10000000000000000000000000000107", "failed", "+14155550107");

        await().untilAsserted(() -> {
            assertThat(queued("twilio_failed")).isEqualTo(lost + 1);
            assertThat(queued("declined")).isEqualTo(full + 1);
        });
    }

    private double queued(String reason) {
        return meters.counter("telephony.recovery.texts", "state", "queued", "reason", reason)
                .count();
    }

    private static void end(String call, String status, String caller) {
        SignedForm.post(
                        "/voice-action",
                        Map.of(
                                "CallSid", call,
                                "CallStatus", status,
                                "Direction", "inbound",
                                "From", caller,
                                "To", TwilioStub.OUR_NUMBER))
                .then()
                .statusCode(200);
    }

    @Test
    void whoeverWasAboutToBookReadsOfWhichAppointment() {
        String call = "CA10000000000000000000000000000102";
        database.execute(
                "insert into calls (call_sid, caller, stream_started_at) values ($1, '+14155550102', now())",
                call);
        database.execute(
                """
                insert into tool_calls (call_sid, tool_call_id, action, outcome, answer)
                values ($1, 'a', 'check_schedule', 'success', '{"slot": "2026-11-24T15:00:00-05:00", "script": "…"}')
                """,
                call);
        database.streamJournal(call, "model_lost");

        SignedForm.post(
                        "/voice-action",
                        Map.of(
                                "CallSid", call,
                                "CallStatus", "completed",
                                "Direction", "inbound",
                                "From", "+14155550102",
                                "To", TwilioStub.OUR_NUMBER))
                .then()
                .statusCode(200);

        await().atMost(Duration.ofSeconds(20))
                .until(() -> !TwilioStub.sentTo("+14155550102").isEmpty());
        assertThat(TwilioStub.sentTo("+14155550102").getFirst().first("Body").orElse(""))
                .startsWith("Sorry we got cut off! Tue, Nov 24, ")
                .contains(" is not booked yet: reply here or call back.");
    }

    /// Only then is a missing end waited for longer ([org.telephonystack.action.outcome.OutcomeRule]).
    @Test
    void aCallIsCarriedByAProcessThatLives() {
        String alive = "00000000-0000-0000-0000-000000000103";
        String silent = "00000000-0000-0000-0000-000000000104";
        String gone = "00000000-0000-0000-0000-000000000105";
        database.execute(
                """
                insert into stream_instances (id, address, call_limit, heartbeat_at, stopped_at)
                values ('00000000-0000-0000-0000-000000000103', 'x', 1, now() + interval '1 minute', null),
                       ('00000000-0000-0000-0000-000000000104', 'x', 1, now() - interval '1 minute', null),
                       ('00000000-0000-0000-0000-000000000105', 'x', 1, now() + interval '1 minute', now())
                """);

        assertThat(carriedBy(alive)).isTrue();
        assertThat(carriedBy(silent)).isFalse();
        assertThat(carriedBy(gone)).isFalse();
    }

    private boolean carriedBy(String instance) {
        var callSid = new CallSid("CA10000000000000000000000000000" + instance.substring(33));
        database.execute(
                "insert into calls (call_sid, caller, stream_started_at, instance_id) values ($1, 'anonymous', now(), $2::text::uuid)",
                callSid.value(),
                instance);
        return ledger
                .note(
                        new CallEvent(
                                CallEvent.Kind.CALL_STATUS,
                                "carried:" + callSid,
                                Optional.of(callSid),
                                Optional.of("in-progress"),
                                Map.of()))
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join()
                .orElseThrow()
                .facts()
                .stream()
                .carried();
    }
}
