package org.telephonystack.action.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.telephonystack.action.wiring.StoreDatabase.await;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.telephonystack.action.outcome.CallEvent;
import org.telephonystack.action.outcome.OutcomeRule;
import org.telephonystack.action.recovery.postgres.PgCallLedger;
import org.telephonystack.action.recovery.postgres.PgConclusion;
import org.telephonystack.action.wiring.StoreDatabase;
import org.telephonystack.model.CallSid;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Calls whose time to be looked at has come: each gets its turn, and none keeps the others from theirs.
class CallReviewTest {

    private static final CallSid CALL = new CallSid("CA00000000000000000000000000000001");

    @RegisterExtension final StoreDatabase database = StoreDatabase.shared();

    private final OutcomeRule rule = new OutcomeRule(Duration.ofSeconds(5), Duration.ofSeconds(60));
    private final CallClosing closing =
            new CallClosing(
                    new PgCallLedger(
                            database.one(),
                            new PgConclusion(
                                    rule,
                                    new RecoveryPolicy(Set.of(), 3, Duration.ofMinutes(10)),
                                    Duration.ZERO),
                            rule,
                            Duration.ofSeconds(10)),
                    new SeenRecovery());

    @Test
    void aCallThatGoesOnAfterAllKeepsNoOtherFromItsTurn() {
        goesOn(CALL, "10 minutes");
        database.execute("update calls set review_at = now()");
        CallSid lost = new CallSid("CA00000000000000000000000000000002");
        database.execute(
                """
                insert into calls (call_sid, caller, called, stream_started_at, stream_ended_at, end_reason)
                values ($1, '+14155550199', '+18005550123', now() - interval '3 minutes', now() - interval '2 minutes', 'model_lost')
                """,
                lost.value());

        int looked = await(closing.reviewDue());

        assertThat(looked).isEqualTo(2);
        assertThat(outcome(lost)).isEqualTo("model_failed");
        assertThat(outcome(CALL)).isNull();
        assertThat(reviewAt(CALL)).isNull();
        assertThat(await(closing.reviewDue())).isZero();
    }

    /// News of the first stream comes before the second has begun, and asks to look again.
    @Test
    void aCallThatWasHandedOverIsNotLookedAtForItsFirstStreamAnyMore() {
        goesOn(CALL, "10 minutes");
        database.execute("update calls set stream_ended_at = now(), end_reason = 'handed_over'");
        await(closing.on(streamStopped("MZ1")));
        assertThat(reviewAt(CALL)).isNotNull();

        // As the second stream writes it.
        database.execute(
                "update calls set stream_sid = 'MZ2', attempt = 2, stream_started_at = now(), stream_ended_at = null, end_reason = null");
        database.execute("update calls set review_at = now()");

        assertThat(await(closing.reviewDue())).isEqualTo(1);
        assertThat(reviewAt(CALL)).isNull();
        assertThat(outcome(CALL)).isNull();
        assertThat(database.count("select count(*) from sms_outbox")).isZero();
    }

    @Test
    void newsOfACallThatGoesOnTakesBackThatItIsLookedAt() {
        goesOn(CALL, "1 minute");
        database.execute("update calls set review_at = now() + interval '1 minute'");

        await(closing.on(streamStopped("MZ0")));

        assertThat(reviewAt(CALL)).isNull();
    }

    /// The rest is there a second later; another process may have taken some of it by then.
    @Test
    void aRoundHasAnEndHoweverManyAreDue() {
        database.execute(
                """
                insert into calls (call_sid, caller, stream_started_at, stream_ended_at, end_reason)
                select 'CA' || lpad(n::text, 32, '0'), 'anonymous', now(), now() - interval '2 minutes', 'assistant_ended'
                from generate_series(1, 120) n
                """);

        assertThat(await(closing.reviewDue())).isEqualTo(100);
        assertThat(await(closing.reviewDue())).isEqualTo(20);
        assertThat(await(closing.reviewDue())).isZero();
    }

    private void goesOn(CallSid call, String since) {
        database.execute(
                """
                insert into calls (call_sid, caller, called, stream_sid, attempt, stream_started_at, updated_at)
                values ($1, '+14155550100', '+18005550123', 'MZ1', 1, now() - $2::text::interval, now() - $2::text::interval)
                """,
                call.value(),
                since);
    }

    private static CallEvent streamStopped(String streamSid) {
        return new CallEvent(
                CallEvent.Kind.STREAM,
                "stream:" + streamSid + ":stream-stopped",
                Optional.of(CALL),
                Optional.of("stream-stopped"),
                Map.of("StreamSid", streamSid));
    }

    private @Nullable String outcome(CallSid call) {
        return database.text("select outcome from calls where call_sid = $1", call.value());
    }

    private @Nullable String reviewAt(CallSid call) {
        return database.text("select review_at from calls where call_sid = $1", call.value());
    }
}
