package org.telephonystack.action.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.telephonystack.action.wiring.StoreDatabase.await;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.telephonystack.action.outcome.CallEvent;
import org.telephonystack.action.outcome.OutcomeRule;
import org.telephonystack.action.recovery.postgres.PgCallLedger;
import org.telephonystack.action.recovery.postgres.PgConclusion;
import org.telephonystack.action.recovery.postgres.PgSmsOutbox;
import org.telephonystack.action.sms.SmsSender;
import org.telephonystack.action.sms.postgres.PgOptOuts;
import org.telephonystack.action.wiring.StoreDatabase;
import org.telephonystack.model.CallOutcome;
import org.telephonystack.model.CallSid;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// A stream that ended as planned and says so late: what looked like a loss is counted once, as what it was.
class LateBooksTest {

    private static final CallSid CALL = new CallSid("CA00000000000000000000000000000001");
    private static final Duration LONG = Duration.ofSeconds(10);

    @RegisterExtension final StoreDatabase database = StoreDatabase.shared();

    private final SeenRecovery seen = new SeenRecovery();
    private final Sender sender = new Sender();
    private final OutcomeRule rule = new OutcomeRule(Duration.ofSeconds(5), Duration.ofSeconds(60));
    private final CallClosing closing =
            new CallClosing(
                    new PgCallLedger(
                            database.one(),
                            new PgConclusion(
                                    rule,
                                    new RecoveryPolicy(Set.of(), 3, Duration.ofMinutes(10)),
                                    Duration.ofSeconds(3)),
                            rule,
                            LONG),
                    seen);
    private final OutboxPump pump =
            new OutboxPump(
                    new PgSmsOutbox(database.other(), LONG, Duration.ofDays(1)),
                    sender,
                    new PgOptOuts(database.other()),
                    seen,
                    Duration.ZERO);

    @BeforeEach
    void aStreamBegan() {
        database.execute(
                """
                insert into calls (call_sid, caller, called, announced_at, stream_started_at)
                values ($1, '+14155550199', '+18005550123', now() - interval '1 minute', now() - interval '1 minute')
                """,
                CALL.value());
    }

    @Test
    void booksThatCameInTimeMakeItNoLoss() {
        lost();
        assertThat(seen.settled()).as("nobody knows yet").isEmpty();
        database.execute(
                "update calls set stream_ended_at = now(), end_reason = 'assistant_ended' where call_sid = $1",
                CALL.value());

        textIsDue();

        assertThat(seen.settled()).containsExactly(CallOutcome.COMPLETED);
        assertThat(sender.sent).isEmpty();
        assertThat(database.text("select outcome || ' ' || outcome_reason from calls"))
                .isEqualTo("completed assistant_ended");
        assertThat(database.text("select state || ' ' || error_reason from sms_outbox"))
                .isEqualTo("skipped ended_well");
    }

    @Test
    void withoutBooksItIsALossOnceHoweverOftenTheTextIsTried() {
        lost();
        sender.answers = new SmsSender.Result.TryLater("no_answer", Optional.of(Duration.ZERO));
        sender.times = 3;

        textIsDue();

        assertThat(sender.sent).hasSize(4);
        assertThat(seen.settled()).containsExactly(CallOutcome.OUR_FAULT);
        assertThat(database.text("select outcome from calls")).isEqualTo("our_fault");
    }

    @Test
    void aLossThatGetsNoTextIsCountedAtOnce() {
        database.execute("update calls set caller = 'anonymous'");

        lost();
        textIsDue();

        assertThat(seen.settled()).containsExactly(CallOutcome.OUR_FAULT);
    }

    /// What was meant is in the books, and did not happen: action was away, and frontdoor apologised.
    @ParameterizedTest
    @ValueSource(strings = {"transfer", "voicemail"})
    void anEndThatWasMeantAndNotCarriedOutTakesNoTextBack(String end) {
        database.execute(
                "update calls set stream_ended_at = now() - interval '70 seconds', end_reason = $1",
                end);
        database.execute(
                """
                insert into call_events (dedupe_key, call_sid, kind, status, fields, received_at)
                values ('over', $1, 'call_status', 'completed', '{}', now() - interval '61 seconds')
                """,
                CALL.value());
        assertThat(await(closing.reviewDue())).isEqualTo(1);

        textIsDue();

        assertThat(sender.sent).containsExactly("+14155550199");
        assertThat(seen.settled()).containsExactly(CallOutcome.OUR_FAULT);
        assertThat(database.text("select outcome || ' ' || outcome_reason from calls"))
                .isEqualTo("our_fault not_carried_out");
    }

    private void lost() {
        await(
                closing.on(
                        new CallEvent(
                                CallEvent.Kind.AFTER_STREAM,
                                "after_stream:" + CALL,
                                Optional.of(CALL),
                                Optional.of("in-progress"),
                                Map.of("attempt", "1"))));
        assertThat(database.text("select outcome from calls")).isEqualTo("our_fault");
    }

    private void textIsDue() {
        database.execute("update sms_outbox set next_attempt_at = now()");
        await(pump.pump());
    }

    private static final class Sender implements SmsSender {

        private final List<String> sent = new ArrayList<>();
        private Result answers = new Result.Accepted("SM1", "queued");
        private int times;

        @Override
        public synchronized CompletionStage<Result> send(String to, String body) {
            sent.add(to);
            Result next = sent.size() > times ? new Result.Accepted("SM1", "queued") : answers;
            return CompletableFuture.completedFuture(next);
        }

        @Override
        public CompletionStage<Lookup> find(String to, String body, Instant since) {
            return CompletableFuture.completedFuture(new Lookup.Answered(List.of()));
        }
    }
}
