package org.telephonystack.action.afterstream.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.telephonystack.action.wiring.StoreDatabase.await;

import io.vertx.mutiny.sqlclient.Pool;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.telephonystack.action.afterstream.Question;
import org.telephonystack.action.afterstream.Takeover;
import org.telephonystack.action.afterstream.Takeover.Why;
import org.telephonystack.action.afterstream.TakeoverRule;
import org.telephonystack.action.reaper.OrphanedCall;
import org.telephonystack.action.reaper.SilentInstance;
import org.telephonystack.action.reaper.postgres.PgInstances;
import org.telephonystack.action.wiring.StoreDatabase;
import org.telephonystack.model.CallSid;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/// Whoever asks, and how often: a stream that was lost is followed by one.
class PgTakeoversTest {

    private static final CallSid CALL = new CallSid("CA00000000000000000000000000000001");
    private static final SilentInstance DEAD =
            new SilentInstance(
                    UUID.randomUUID(), "http://10.0.0.1:9000", Duration.ofSeconds(10), false);

    @RegisterExtension final StoreDatabase database = StoreDatabase.shared();

    @BeforeEach
    void aStreamBegan() {
        database.execute(
                "insert into calls (call_sid, attempt, stream_started_at) values ($1, 1, now())",
                CALL.value());
    }

    @Test
    void twoProcessesThatAreAskedAtOnceSayTheSame() {
        CompletionStage<Takeover> first;
        CompletionStage<Takeover> second;

        try (var inTheWay = database.transaction("select from calls for update")) {
            first = ask(database.one());
            second = ask(database.other());
            database.awaitWaiting(2);
            inTheWay.commit();
        }

        var again = new Takeover.ConnectAgain(2, Why.LOST);
        assertThat(List.of(await(first), await(second))).containsExactly(again, again);
        assertThat(database.text("select string_agg(why || next_attempt, ' ') from call_takeovers"))
                .isEqualTo("lost2");
    }

    /// It is committed before the socket is closed, and may still come in between.
    @Test
    void aPlannedEndThatIsCommittedMeanwhileIsLeftAlone() {
        CompletionStage<Takeover> asked;

        try (var stream =
                database.transaction(
                        "update calls set stream_ended_at = now(), end_reason = 'assistant_ended' where call_sid = $1",
                        CALL.value())) {
            asked = ask(database.one());
            database.awaitWaiting(1);
            stream.commit();
        }

        assertThat(await(asked)).isEqualTo(new Takeover.Leave());
    }

    @Test
    void whatSomebodyDecidesAboutJustNowTheReaperDoesNotClaim() {
        aProcessCarriesItAndIsSilent();

        try (var _ = database.transaction("select from calls for no key update")) {
            assertThat(await(claim(database.one()))).isEmpty();
        }

        assertThat(await(claim(database.one()))).containsExactly(new OrphanedCall(CALL, 1));
    }

    @Test
    void ofTheReaperAndTheQuestionThatComeAtOnceOneActs() {
        aProcessCarriesItAndIsSilent();

        for (int i = 1; i <= 50; i++) {
            database.execute("truncate call_takeovers");
            CompletionStage<List<OrphanedCall>> claimed = claim(database.one());
            CompletionStage<Takeover> asked = ask(database.other());

            assertThat(await(asked) instanceof Takeover.Wait).isEqualTo(!await(claimed).isEmpty());
        }
    }

    /// Asked after a redirect while action was silent, frontdoor leaves out a number that a stream may have.
    @Test
    void aNumberThatFrontdoorSkippedCostsTheCallerNoAttempt() {
        database.execute(
                "insert into call_takeovers (call_sid, attempt, taken_by, why) values ($1, 1, 'reaper', 'claimed')",
                CALL.value());

        streamBegan(3);
        assertThat(await(ask(database.one(), 3))).isEqualTo(new Takeover.ConnectAgain(4, Why.LOST));
        streamBegan(4);
        assertThat(await(ask(database.one(), 4))).isEqualTo(new Takeover.Leave());
    }

    @Test
    void aFirstStreamThatWasLostWhileNobodyCouldBeAskedIsCounted() {
        streamBegan(2);
        assertThat(await(ask(database.one(), 2))).isEqualTo(new Takeover.ConnectAgain(3, Why.LOST));
        streamBegan(3);
        assertThat(await(ask(database.one(), 3))).isEqualTo(new Takeover.Leave());
    }

    @Test
    void aHandoverBeforeTheLossIsNotCounted() {
        database.execute(
                "insert into call_takeovers (call_sid, attempt, taken_by, why) values ($1, 1, 'after_stream', 'handed_over')",
                CALL.value());

        streamBegan(2);
        assertThat(await(ask(database.one(), 2))).isEqualTo(new Takeover.ConnectAgain(3, Why.LOST));
        streamBegan(3);
        assertThat(await(ask(database.one(), 3))).isEqualTo(new Takeover.ConnectAgain(4, Why.LOST));
        streamBegan(4);
        assertThat(await(ask(database.one(), 4))).isEqualTo(new Takeover.Leave());
    }

    private void streamBegan(int attempt) {
        database.execute("update calls set attempt = $1", attempt);
    }

    private static CompletionStage<Takeover> ask(Pool pool) {
        return ask(pool, 1);
    }

    private static CompletionStage<Takeover> ask(Pool pool, int attempt) {
        return new PgTakeovers(
                        pool, new TakeoverRule(Duration.ofSeconds(60)), Duration.ofSeconds(10))
                .decide(
                        new Question(
                                CALL,
                                attempt,
                                Optional.of("in-progress"),
                                Optional.of("+14155550199"),
                                Optional.of("+18005550123"),
                                Optional.empty(),
                                Optional.empty(),
                                false));
    }

    /// Whoever was told to wait asks again by itself.
    @Test
    void aQuestionThatWaitedForOneRedirectDoesNotWaitForAnother() {
        aProcessCarriesItAndIsSilent();
        assertThat(await(claim(database.one()))).hasSize(1);
        assertThat(await(ask(database.other()))).isEqualTo(new Takeover.Wait());
        assertThat(await(ask(database.other()))).isEqualTo(new Takeover.Wait());

        database.execute("update call_takeovers set taken_at = now() - interval '2 minutes'");

        assertThat(await(claim(database.one()))).isEmpty();
        assertThat(await(ask(database.other()))).isEqualTo(new Takeover.ConnectAgain(2, Why.LOST));
    }

    private void aProcessCarriesItAndIsSilent() {
        database.execute(
                """
                insert into stream_instances (id, address, internal_address, call_limit, heartbeat_at)
                values ($1, 'https://voice.example.com', 'http://10.0.0.1:9000', 100, now() - interval '10 seconds')
                """,
                DEAD.id());
        database.execute("update calls set instance_id = $1", DEAD.id());
    }

    private static CompletionStage<List<OrphanedCall>> claim(Pool pool) {
        return new PgInstances(pool, Duration.ofSeconds(60), Duration.ofSeconds(10))
                .claimCallsOf(DEAD, Duration.ofSeconds(3));
    }
}
