package org.telephonystack.action.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.telephonystack.action.outcome.CallEvent;
import org.telephonystack.action.wiring.ActionTest;
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
                            .contains("https://voice.example.com/voice-action");
                    assertThat(text.first("ValidityPeriod")).contains("600");
                });
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
