package org.telephonystack.action.recovery.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.telephonystack.action.wiring.StoreDatabase.await;

import io.vertx.mutiny.sqlclient.Pool;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.telephonystack.action.outcome.CallEvent;
import org.telephonystack.action.outcome.OutcomeRule;
import org.telephonystack.action.outcome.Verdict;
import org.telephonystack.action.recovery.CallLedger;
import org.telephonystack.action.recovery.Conclusion;
import org.telephonystack.action.recovery.RecoveryPolicy;
import org.telephonystack.action.wiring.StoreDatabase;
import org.telephonystack.model.CallOutcome;
import org.telephonystack.model.CallSid;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/// News of one call that reaches two processes at once is concluded one after the other, and once.
class PgCallLedgerTest {

    private static final CallSid CALL = new CallSid("CA00000000000000000000000000000001");
    private static final Verdict.Final LOST =
            new Verdict.Final(CallOutcome.OUR_FAULT, "stream_without_end");

    @RegisterExtension final StoreDatabase database = StoreDatabase.shared();

    @BeforeEach
    void aStreamBeganAndItsProcessDied() {
        database.execute(
                """
                insert into calls (call_sid, caller, called, stream_started_at)
                values ($1, '+14155550199', '+18005550123', now() - interval '1 minute')
                """,
                CALL.value());
    }

    @Test
    void twoPiecesOfNewsAtOnceConcludeOnceAndQueueOneText() {
        CompletionStage<Optional<Conclusion>> first;
        CompletionStage<Optional<Conclusion>> second;

        try (var inTheWay = database.transaction("select from calls for update")) {
            first = ledger(database.one()).note(afterStream(1));
            second = ledger(database.other()).note(afterStream(2));
            database.awaitWaiting(2);
            inTheWay.commit();
        }

        var conclusions = List.of(await(first).orElseThrow(), await(second).orElseThrow());
        assertThat(conclusions)
                .extracting(Conclusion::concluded)
                .containsExactlyInAnyOrder(Optional.of(LOST), Optional.empty());
        assertThat(conclusions)
                .as("both know of the text, whoever queued it")
                .allSatisfy(known -> assertThat(known.text()).isPresent());
        assertThat(database.count("select count(*) from sms_outbox")).isEqualTo(1);
    }

    @Test
    void whoBookedAndWasDroppedReadsThatItStands() {
        UUID booked = booking("confirmed");
        said(
                "create_booking",
                "{\"slot\": \"2026-11-24T15:00:00Z\", \"booking_id\": \"" + booked + "\"}",
                3);
        said("cancel_booking", "{\"slot\": \"2026-11-30T15:00:00Z\"}", 1);

        await(ledger(database.one()).note(afterStream(1)));

        assertThat(database.text("select body from sms_outbox"))
                .startsWith("Sorry we got cut off! Your appointment on Tue, Nov 24, 3:00")
                .contains("is booked");
    }

    @Test
    void whoCancelledAgainIsPromisedNoAppointment() {
        UUID cancelled = booking("cancelled");
        said("check_schedule", "{\"slot\": \"2026-11-24T15:00:00Z\"}", 4);
        said(
                "create_booking",
                "{\"slot\": \"2026-11-24T15:00:00Z\", \"booking_id\": \"" + cancelled + "\"}",
                3);
        said("cancel_booking", "{\"slot\": \"2026-11-24T15:00:00Z\"}", 1);

        await(ledger(database.one()).note(afterStream(1)));

        assertThat(database.text("select body from sms_outbox"))
                .startsWith("Sorry we got cut off! Reply here");
    }

    private UUID booking(String status) {
        return database.execute(
                        """
                        insert into bookings (client_phone, scheduled_time, status)
                        values ('+14155550199', '2026-11-24T15:00:00Z', $1) returning id
                        """,
                        status)
                .iterator()
                .next()
                .getUUID(0);
    }

    private void said(String action, String answer, int secondsAgo) {
        database.execute(
                """
                insert into tool_calls (call_sid, tool_call_id, action, outcome, answer, at)
                values ($1, $2, $2, 'success', $3::text::jsonb, now() - make_interval(secs => $4))
                """,
                CALL.value(),
                action,
                answer,
                secondsAgo);
    }

    @Test
    void theSameNewsTwiceIsStoredOnce() {
        CompletionStage<Optional<Conclusion>> first;
        CompletionStage<Optional<Conclusion>> second;

        try (var inTheWay = database.transaction("select from calls for update")) {
            first = ledger(database.one()).note(afterStream(1));
            second = ledger(database.other()).note(afterStream(1));
            database.awaitWaiting(2);
            inTheWay.commit();
        }

        await(first);
        await(second);
        assertThat(database.count("select count(*) from call_events")).isEqualTo(1);
        assertThat(database.count("select count(*) from sms_outbox")).isEqualTo(1);
    }

    /// Counted before either text was there, both would go.
    @Test
    void twoCallsOfOneNumberThatAreLostAtOnceShareItsLastTextOfTheDay() {
        var other = new CallSid("CA00000000000000000000000000000002");
        database.execute(
                """
                insert into calls (call_sid, caller, called, stream_started_at)
                values ($1, '+14155550199', '+18005550123', now() - interval '1 minute')
                """,
                other.value());
        database.execute(
                """
                insert into sms_outbox (dedupe_key, recipient, body, state)
                values ('one', '+14155550199', '', 'sent'), ('two', '+14155550199', '', 'sent')
                """);
        CompletionStage<Optional<Conclusion>> first;
        CompletionStage<Optional<Conclusion>> second;

        try (var inTheWay =
                database.transaction(
                        "select pg_advisory_xact_lock(hashtextextended('follow-up +14155550199', 0))")) {
            first = ledger(database.one()).note(afterStream(CALL, 1));
            second = ledger(database.other()).note(afterStream(other, 1));
            database.awaitWaiting(2);
            inTheWay.commit();
        }

        await(first);
        await(second);
        assertThat(
                        database.text(
                                "select string_agg(state || coalesce(error_reason, ''), ' ' order by state) from sms_outbox where dedupe_key like 'recovery:%'"))
                .isEqualTo("pending skippeddaily_limit");
    }

    /// The stream's journal is committed while action decides that nothing is known of the stream's end.
    @Test
    void whatTheStreamWritesMeanwhileIsSeenByWhoComesAfterIt() {
        CompletionStage<Optional<Conclusion>> news;

        try (var stream =
                database.transaction(
                        "update calls set stream_ended_at = now(), end_reason = 'assistant_ended' where call_sid = $1",
                        CALL.value())) {
            news = ledger(database.one()).note(afterStream(1));
            database.awaitWaiting(1);
            stream.commit();
        }

        assertThat(await(news).orElseThrow().concluded()).isEmpty();
        assertThat(database.count("select count(*) from sms_outbox")).isZero();
    }

    @Test
    void aCallThatSomebodyReviewsIsPassedOver() {
        database.execute("update calls set review_at = now()");

        try (var _ = database.transaction("select from calls for update")) {
            assertThat(await(ledger(database.one()).reviewNextDue())).isEmpty();
        }

        assertThat(await(ledger(database.other()).reviewNextDue())).isPresent();
    }

    @Test
    void aForgottenCallIsOneProcesssUntilItIsDueAgain() {
        database.execute("update calls set updated_at = now() - interval '11 minutes'");

        assertThat(forgotten(database.one())).contains(CALL);
        assertThat(forgotten(database.other())).isEmpty();

        database.execute("update calls set reconcile_at = reconcile_at - interval '10 minutes'");
        assertThat(forgotten(database.other())).contains(CALL);
    }

    /// Its caller is still told: the text is worth sending for ten minutes after the end.
    @Test
    void aCallThatNobodyCarriesIsForgottenSoonerThanOneThatGoesOn() {
        database.execute(
                """
                insert into stream_instances (id, address, call_limit, heartbeat_at)
                values ('00000000-0000-0000-0000-000000000103', 'x', 1, now() + interval '1 minute')
                """);
        database.execute(
                "update calls set instance_id = '00000000-0000-0000-0000-000000000103', updated_at = now() - interval '3 minutes'");

        assertThat(forgotten(database.one())).as("its process lives").isEmpty();

        database.execute("update stream_instances set heartbeat_at = now() - interval '1 minute'");
        assertThat(forgotten(database.one())).as("its process is gone").contains(CALL);
    }

    private static Optional<CallSid> forgotten(Pool pool) {
        return await(ledger(pool).nextForgotten(Duration.ofMinutes(2), Duration.ofMinutes(10)));
    }

    @Test
    void aCallThatMayHaveAMessageIsAskedAboutOnceItsTimeHasCome() {
        database.execute(
                "update calls set outcome = 'voicemail', outcome_at = now() - interval '9 minutes'");
        assertThat(await(ledger(database.one()).nextWithoutRecording())).as("too soon").isEmpty();

        database.execute("update calls set outcome_at = now() - interval '11 minutes'");
        assertThat(await(ledger(database.one()).nextWithoutRecording())).contains(CALL);
        assertThat(await(ledger(database.other()).nextWithoutRecording()))
                .as("somebody asks")
                .isEmpty();

        database.execute("update calls set recordings_ask_at = now()");
        assertThat(await(ledger(database.other()).nextWithoutRecording()))
                .as("it is not known yet")
                .contains(CALL);
        await(ledger(database.other()).recordingsKnown(CALL));
        assertThat(await(ledger(database.one()).nextWithoutRecording())).isEmpty();
    }

    @Test
    void aCallThatHasItsRecordingOrCannotHaveOneIsNotAskedAbout() {
        database.execute(
                "update calls set outcome = 'completed', outcome_at = now() - interval '11 minutes'");
        assertThat(await(ledger(database.one()).nextWithoutRecording())).isEmpty();

        database.execute("update calls set outcome = 'voicemail'");
        database.execute(
                "insert into recordings (recording_sid, call_sid, state) values ('RE00000000000000000000000000000001', $1, 'kept')",
                CALL.value());
        assertThat(await(ledger(database.one()).nextWithoutRecording())).isEmpty();
    }

    @Test
    void whoHasNoPatienceDoesNotWaitForTheJournal() {
        assertThat(
                        ledger(database.one())
                                .awaitEndOfStream(CALL, Duration.ZERO)
                                .toCompletableFuture())
                .isCompletedWithValue(null);
    }

    private static CallEvent afterStream(int attempt) {
        return afterStream(CALL, attempt);
    }

    private static CallEvent afterStream(CallSid call, int attempt) {
        return new CallEvent(
                CallEvent.Kind.AFTER_STREAM,
                "after_stream:" + call + ":" + attempt,
                Optional.of(call),
                Optional.of("in-progress"),
                Map.of("attempt", String.valueOf(attempt)));
    }

    private static CallLedger ledger(Pool pool) {
        var rule = new OutcomeRule(Duration.ofSeconds(5), Duration.ofSeconds(60));
        var policy = new RecoveryPolicy(Set.of(), 3, Duration.ofMinutes(10));
        return new PgCallLedger(
                pool, new PgConclusion(rule, policy, Duration.ZERO), rule, Duration.ofSeconds(10));
    }
}
