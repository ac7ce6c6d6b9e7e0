package org.telephonystack.action.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.telephonystack.action.wiring.ActionTest;
import org.telephonystack.action.wiring.SignedForm;
import org.telephonystack.action.wiring.TestDatabase;
import org.telephonystack.action.wiring.TwilioStub;

import java.util.Map;

/// Every text is sent once, whatever Twilio answers and whoever pumps.
@ActionTest
class OutboxPumpTest {

    @Inject TestDatabase database;
    @Inject Texts texts;
    @Inject MeterRegistry meters;

    @Test
    void aRefusedTextFailsAndAnOptedOutNumberIsRemembered() {
        TwilioStub.stub(
                TwilioStub.sendTo("+14155550501")
                        .willReturn(
                                TwilioStub.refused(
                                        400, 21610, "Attempt to send to unsubscribed recipient")));

        texts.queue("+14155550501");

        texts.awaitState("+14155550501", "failed");
        assertThat(texts.column("error_code", "+14155550501")).isEqualTo("21610");
        assertThat(database.text("select reason from sms_opt_outs where phone = '+14155550501'"))
                .isEqualTo("code_21610");
        assertThat(TwilioStub.sentTo("+14155550501")).hasSize(1);
    }

    @Test
    void aRefusalThatIsOurOwnFaultOptsNobodyOut() {
        TwilioStub.stub(
                TwilioStub.sendTo("+14155550502")
                        .willReturn(TwilioStub.refused(400, 21606, "The From number cannot text")));

        double refused = failed("operator");

        texts.queueForALostCaller("+14155550502");

        texts.awaitState("+14155550502", "failed");
        assertThat(texts.column("error_reason", "+14155550502")).isEqualTo("operator");
        await().untilAsserted(() -> assertThat(failed("operator")).isEqualTo(refused + 1));
        assertThat(database.count("select count(*) from sms_opt_outs where phone = '+14155550502'"))
                .isZero();
    }

    private double failed(String reason) {
        return meters.counter("telephony.recovery.texts", "state", "failed", "reason", reason)
                .count();
    }

    /// A key that was rotated away, an account that was suspended: no caller goes without a text for that.
    @Test
    void aTextWaitsForCredentialsThatArePutRight() {
        Texts.firstAnswer("+14155550519", TwilioStub.refused(403, 20005, "Account is not active"));

        texts.queueForALostCaller("+14155550519");

        texts.awaitState("+14155550519", "sent");
        assertThat(TwilioStub.sentTo("+14155550519")).hasSize(2);
        assertThat(
                        meters.counter(
                                        "telephony.recovery.texts",
                                        "state",
                                        "delayed",
                                        "reason",
                                        "account")
                                .count())
                .isPositive();
        assertThat(meters.counter("telephony.sms.errors", "code", "20003").count()).isPositive();
    }

    @Test
    void tooManyRequestsWaitAsLongAsTwilioAsks() {
        Texts.firstAnswer(
                "+14155550506",
                TwilioStub.refused(429, 20429, "Too Many Requests").withHeader("Retry-After", "1"));

        texts.queue("+14155550506");

        texts.awaitState("+14155550506", "sent");
        assertThat(texts.column("attempts", "+14155550506")).isEqualTo("2");
    }

    @Test
    void aTextForACallThatEndedWellAfterAllIsNotSent() {
        database.execute(
                "insert into calls (call_sid, outcome, end_reason) values ('CA50000000000000000000000000000514', 'our_fault', 'assistant_ended')");
        database.execute(
                """
                insert into sms_outbox (dedupe_key, call_sid, recipient, body)
                values ('recovery:CA50000000000000000000000000000514', 'CA50000000000000000000000000000514', '+14155550514', $1)
                """,
                Texts.BODY);

        texts.awaitState("+14155550514", "skipped");
        assertThat(texts.column("error_reason", "+14155550514")).isEqualTo("ended_well");
        assertThat(TwilioStub.sentTo("+14155550514")).isEmpty();
        assertThat(
                        database.text(
                                "select outcome || ' ' || outcome_reason from calls where call_sid = 'CA50000000000000000000000000000514'"))
                .isEqualTo("completed assistant_ended");
    }

    @Test
    void aNumberThatWasOffGetsNoTextForAWhileAndThenAgain() {
        database.execute(
                """
                insert into sms_opt_outs (phone, reason, expires_at)
                values ('+14155550515', 'code_30003', now() + interval '1 hour'),
                       ('+14155550516', 'code_30003', now() - interval '1 hour')
                """);

        texts.queue("+14155550515");
        texts.queue("+14155550516");

        texts.awaitState("+14155550515", "skipped");
        texts.awaitState("+14155550516", "sent");
    }

    @Test
    void aTextThatIsTooLateIsNotSent() {
        database.execute(
                """
                insert into sms_outbox (dedupe_key, recipient, body, valid_until)
                values ('late', '+14155550508', $1, now() - interval '1 second')
                """,
                Texts.BODY);

        texts.awaitState("+14155550508", "failed");
        assertThat(texts.column("error_reason", "+14155550508")).isEqualTo("expired");
        assertThat(TwilioStub.sentTo("+14155550508")).isEmpty();
    }

    @Test
    void whoSaysStopBeforeItIsSentGetsNoText() {
        SignedForm.post(
                        "/voice-action",
                        Map.of(
                                "MessageSid", "SM0509",
                                "From", "+14155550509",
                                "To", TwilioStub.OUR_NUMBER,
                                "Body", "STOP"))
                .then()
                .statusCode(204);

        texts.queue("+14155550509");

        texts.awaitState("+14155550509", "skipped");
        assertThat(TwilioStub.sentTo("+14155550509")).isEmpty();
    }

    @Test
    void deliveryReportsOnlyMoveForwardAlsoWhenTheyComeBeforeTheAnswer() {
        TwilioStub.stub(
                TwilioStub.sendTo("+14155550510").willReturn(TwilioStub.accepted("SM0510")));
        report("SM0510", "delivered");

        texts.queue("+14155550510");
        texts.awaitState("+14155550510", "sent");
        report("SM0510", "sent");

        assertThat(texts.column("delivery_status", "+14155550510")).isEqualTo("delivered");
    }

    @Test
    void anUndeliverableNumberIsRemembered() {
        TwilioStub.stub(
                TwilioStub.sendTo("+14155550511").willReturn(TwilioStub.accepted("SM0511")));
        texts.queue("+14155550511");
        texts.awaitState("+14155550511", "sent");

        SignedForm.post(
                        "/voice-action",
                        Map.of(
                                "MessageSid", "SM0511",
                                "MessageStatus", "undelivered",
                                "ErrorCode", "30006"))
                .then()
                .statusCode(200);

        assertThat(texts.column("delivery_status", "+14155550511")).isEqualTo("undelivered");
        assertThat(database.text("select reason from sms_opt_outs where phone = '+14155550511'"))
                .isEqualTo("code_30006");
    }

    private static void report(String messageSid, String status) {
        SignedForm.post("/voice-action", Map.of("MessageSid", messageSid, "MessageStatus", status))
                .then()
                .statusCode(200);
    }
}
