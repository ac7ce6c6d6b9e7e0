package org.telephonystack.action.recovery.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.telephonystack.action.wiring.StoreDatabase.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.telephonystack.action.recovery.OutboxText;
import org.telephonystack.action.recovery.SmsOutbox;
import org.telephonystack.action.sms.DeliveryStatus;
import org.telephonystack.action.wiring.StoreDatabase;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// Claims of two processes on the texts that are due.
class PgSmsOutboxTest {

    private static final Duration LEASE = Duration.ofSeconds(60);

    @RegisterExtension final StoreDatabase database = StoreDatabase.shared();

    @Test
    void aTextThatSomebodyIsClaimingIsPassedOverAndTheNextIsTaken() {
        queue("first", "1 minute");
        queue("second", "0 seconds");

        try (var _ =
                database.transaction(
                        "select from sms_outbox where dedupe_key = 'first' for update")) {
            assertThat(await(one().claim())).map(OutboxText::body).contains("second");
            assertThat(await(other().claim())).isEmpty();
        }

        assertThat(await(other().claim())).map(OutboxText::body).contains("first");
        assertThat(await(one().claim())).isEmpty();
    }

    @Test
    void twoClaimsAtOnceGetDifferentTexts() {
        queue("first", "1 minute");
        queue("second", "0 seconds");
        CompletionStage<Optional<OutboxText>> first = one().claim();
        CompletionStage<Optional<OutboxText>> second = other().claim();

        assertThat(List.of(await(first).orElseThrow().body(), await(second).orElseThrow().body()))
                .containsExactlyInAnyOrder("first", "second");
    }

    /// Its process slept through its lease and wakes up: what it says of the text is old news.
    @Test
    void whoLostTheLeaseWritesNothingAnyMore() {
        queue("text", "0 seconds");
        OutboxText slept = await(one().claim()).orElseThrow();
        database.execute("update sms_outbox set lease_until = now()");

        OutboxText taken = await(other().claim()).orElseThrow();
        await(one().failed(slept, Optional.empty(), "operator"));
        await(one().later(slept, "away", Duration.ZERO));
        await(one().unknown(slept, "away", Duration.ZERO));
        await(one().skipped(slept, "opted_out"));

        assertThat(slept.lookUpFirst()).isFalse();
        assertThat(taken.lookUpFirst()).as("nobody knows how far the other came").isTrue();
        assertThat(database.text("select state || attempts from sms_outbox")).isEqualTo("sending2");
        await(other().sent(taken, "SM1"));
        assertThat(database.text("select state || message_sid from sms_outbox"))
                .isEqualTo("sentSM1");
    }

    @Test
    void momentsAreTheDatabasesWhateverZoneTheSessionIsIn() {
        queue("text", "0 seconds");

        OutboxText text = await(one().claim()).orElseThrow();

        assertThat(text.createdAt())
                .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
        assertThat(
                        database.count(
                                """
                                select count(*) from sms_outbox
                                where lease_until between now() + interval '50 seconds' and now() + interval '61 seconds'
                                """))
                .isEqualTo(1);
        await(one().later(text, "away", Duration.ofMinutes(5)));
        assertThat(await(other().claim())).isEmpty();
        database.execute(
                "update sms_outbox set next_attempt_at = next_attempt_at - interval '5 minutes'");
        assertThat(await(other().claim())).isPresent();
    }

    @Test
    void reportsThatTwoProcessesGetOnlyMoveForward() {
        queue("text", "0 seconds");
        await(one().sent(await(one().claim()).orElseThrow(), "SM1"));
        CompletionStage<Optional<SmsOutbox.Delivered>> delivered;
        CompletionStage<Optional<SmsOutbox.Delivered>> sent;

        try (var inTheWay = database.transaction("select from sms_outbox for update")) {
            delivered = one().delivery(report("delivered"));
            sent = other().delivery(report("sent"));
            database.awaitWaiting(2);
            inTheWay.commit();
        }

        assertThat(await(delivered)).map(SmsOutbox.Delivered::recipient).contains("+14155550199");
        await(sent);
        assertThat(database.text("select delivery_status from sms_outbox")).isEqualTo("delivered");
        assertThat(await(other().delivery(report("delivered")))).as("told once").isEmpty();
    }

    @Test
    void whatWasUndeliverableBeforeWeKnewTheMessageIsRememberedToo() {
        queue("text", "0 seconds");
        database.execute(
                """
                insert into call_events (dedupe_key, kind, status, fields)
                values ('message:SM1:sent', 'message', 'sent', '{}'),
                       ('message:SM1:undelivered', 'message', 'undelivered', '{"ErrorCode": "30006"}')
                """);

        await(one().sent(await(one().claim()).orElseThrow(), "SM1"));

        assertThat(database.text("select delivery_status || error_code from sms_outbox"))
                .isEqualTo("undelivered30006");
        assertThat(database.text("select reason from sms_opt_outs where phone = '+14155550199'"))
                .isEqualTo("code_30006");
    }

    /// The report is stored, the answer of the send is not: whoever comes second finishes it.
    @Test
    void aReportAndTheAnswerAtTheSameTimeTeachTheSame() {
        queue("text", "0 seconds");
        OutboxText text = await(one().claim()).orElseThrow();
        CompletionStage<Boolean> sent;
        CompletionStage<Optional<SmsOutbox.Delivered>> reported;

        try (var inTheWay =
                database.transaction(
                        "select pg_advisory_xact_lock(hashtextextended('message SM1', 0))")) {
            sent = one().sent(text, "SM1");
            database.awaitWaiting(1);
            database.execute(
                    """
                    insert into call_events (dedupe_key, kind, status, fields)
                    values ('message:SM1:undelivered', 'message', 'undelivered', '{"ErrorCode": "30006"}')
                    """);
            reported =
                    other().delivery(new DeliveryStatus("SM1", "undelivered", Optional.of(30006)));
            database.awaitWaiting(2);
            inTheWay.commit();
        }
        await(sent);
        await(reported);

        assertThat(database.text("select delivery_status from sms_outbox"))
                .isEqualTo("undelivered");
        assertThat(database.count("select count(*) from sms_opt_outs")).isEqualTo(1);
    }

    /// Twilio is told to come again, and its repetition must find all of it undone.
    @Test
    void aReportThatTeachesNothingMovesNothing() {
        queue("text", "0 seconds");
        await(one().sent(await(one().claim()).orElseThrow(), "SM1"));
        var blocked = new DeliveryStatus("SM1", "undelivered", Optional.of(30004));
        database.execute("alter table sms_opt_outs add constraint away check (phone = '')");

        try {
            assertThatThrownBy(() -> await(one().delivery(blocked))).isNotNull();
        } finally {
            database.execute("alter table sms_opt_outs drop constraint away");
        }

        assertThat(database.text("select delivery_status from sms_outbox")).isNull();
        assertThat(await(one().delivery(blocked))).isPresent();
        assertThat(database.count("select count(*) from sms_opt_outs")).isEqualTo(1);
    }

    private void queue(String text, String ago) {
        database.execute(
                """
                insert into sms_outbox (dedupe_key, recipient, body, next_attempt_at)
                values ($1, '+14155550199', $1, now() - $2::text::interval)
                """,
                text,
                ago);
    }

    private static DeliveryStatus report(String status) {
        return new DeliveryStatus("SM1", status, Optional.empty());
    }

    private SmsOutbox one() {
        return new PgSmsOutbox(database.one(), LEASE, Duration.ofDays(1));
    }

    private SmsOutbox other() {
        return new PgSmsOutbox(database.other(), LEASE, Duration.ofDays(1));
    }
}
