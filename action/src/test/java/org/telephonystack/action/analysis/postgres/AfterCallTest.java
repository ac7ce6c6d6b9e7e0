package org.telephonystack.action.analysis.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.mutiny.sqlclient.Pool;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.telephonystack.action.analysis.Analyst;
import org.telephonystack.action.analysis.Analyst.Result;
import org.telephonystack.action.analysis.CallAnalyses;
import org.telephonystack.action.analysis.CallAnalysis;
import org.telephonystack.action.retention.postgres.PgRecords;
import org.telephonystack.action.wiring.ActionTest;
import org.telephonystack.action.wiring.TestDatabase;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/// What remains of a call: its analysis, what it cost, and what is left of it after a while. The database's sessions are far from
/// UTC.
@ActionTest
class AfterCallTest {

    private static final String CALL = "CA60000000000000000000000000000001";
    private static final Result DONE =
            new Result.Done(
                    new CallAnalysis(
                            "Asked about dogs.",
                            "negative",
                            List.of("neutral", "negative"),
                            List.of("dogs"),
                            List.of("call back"),
                            List.of("Do you take dogs?", "And cats?")),
                    "gpt-test",
                    new Analyst.Tokens(1_000_000, 500_000, 100_000));

    @Inject TestDatabase database;
    @Inject Pool pool;

    private final List<String> events = new CopyOnWriteArrayList<>();

    @AfterEach
    void clean() {
        for (String table :
                List.of(
                        "call_analyses",
                        "call_turns",
                        "call_usage",
                        "model_prices",
                        "tool_calls",
                        "call_tool_requests")) {
            database.execute("delete from " + table);
        }
        database.execute("delete from calls where call_sid like 'CA6%'");
    }

    @Test
    void aFinishedCallIsAnalysedOnce() {
        call(CALL);
        var analyst = new ScriptedAnalyst(DONE, DONE);

        run(analyst, 100);
        run(analyst, 100);

        assertThat(analyst.asked).hasSize(1);
        assertThat(analyst.asked.getFirst())
                .containsExactly(
                        new Analyst.Line("assistant", "Hello!"),
                        new Analyst.Line("caller", "Do you take dogs?"));
        assertThat(
                        analysis(
                                "state || ' ' || sentiment || ' ' || sentiment_course::text || open_questions::text"))
                .isEqualTo("done negative {neutral,negative}{\"Do you take dogs?\",\"And cats?\"}");
        assertThat(events).containsExactly("done ");
    }

    @Test
    void whatDidNotWorkIsTriedAgainLaterAndGivenUpInTheEnd() {
        call(CALL);
        var analyst = new ScriptedAnalyst();
        for (int i = 0; i < 6; i++) {
            analyst.results.add(new Result.TryLater("http_503", Optional.of(Duration.ZERO)));
        }

        for (int i = 0; i < 7; i++) {
            run(analyst, 100);
        }

        assertThat(analyst.asked).hasSize(6);
        assertThat(analysis("state || ' ' || reason")).isEqualTo("unavailable http_503");
    }

    @Test
    void whatWasPaidForAttemptsThatCameToNothingIsCountedToo() {
        call(CALL);
        var analyst =
                new ScriptedAnalyst(
                        new Result.TryLater(
                                "no_analysis",
                                Optional.of(Duration.ZERO),
                                new Analyst.Tokens(1000, 200, 30)),
                        new Result.Unavailable("refused", new Analyst.Tokens(1000, 800, 5)));

        run(analyst, 100);
        run(analyst, 100);

        assertThat(
                        analysis(
                                "state || ' ' || input_tokens || ' ' || cached_tokens || ' ' || output_tokens"))
                .isEqualTo("unavailable 2000 1000 35");
    }

    @Test
    void whatIsPutOffWaits() {
        call(CALL);
        var analyst =
                new ScriptedAnalyst(
                        new Result.TryLater("no_quota", Optional.of(Duration.ofHours(1))));

        run(analyst, 100);
        run(analyst, 100);

        assertThat(analyst.asked).hasSize(1);
        assertThat(analysis("state || ' ' || reason")).isEqualTo("pending no_quota");
    }

    @Test
    void aJobWhoseProcessDiedIsDoneByAnother() {
        call(CALL);
        database.execute(
                "insert into call_analyses (call_sid, state, attempts, started_at, lease_until) values ($1, 'running', 1, now(), now() - interval '1 second')",
                CALL);

        run(new ScriptedAnalyst(DONE), 100);

        assertThat(analysis("state || ' ' || attempts")).isEqualTo("done 2");
    }

    @Test
    void twoProcessesAnalyseEachCallOnce() {
        for (int i = 10; i < 40; i++) {
            call("CA600000000000000000000000000000" + i);
        }
        run(new ScriptedAnalyst(), 0);
        database.execute("update call_analyses set state = 'pending', attempts = 0");
        var one = new ScriptedAnalyst();
        var other = new ScriptedAnalyst();

        CompletableFuture.allOf(
                        analyses(one, 1000).analyseDue().toCompletableFuture(),
                        analyses(other, 1000).analyseDue().toCompletableFuture())
                .orTimeout(30, TimeUnit.SECONDS)
                .join();

        assertThat(one.asked.size() + other.asked.size()).isEqualTo(30);
        assertThat(database.count("select count(*) from call_analyses where attempts > 1"))
                .isZero();
    }

    @Test
    void beyondTheDailyLimitCallsGoWithout() {
        call(CALL);
        call("CA60000000000000000000000000000002");
        var analyst = new ScriptedAnalyst(DONE);

        run(analyst, 1);

        assertThat(analyst.asked).hasSize(1);
        assertThat(
                        database.count(
                                "select count(*) from call_analyses where state = 'unavailable' and reason = 'daily_limit'"))
                .isEqualTo(1);
    }

    @Test
    void ofACallInWhichNobodySaidAnythingNobodyIsAsked() {
        call(CALL);
        database.execute("delete from call_turns where role = 'caller'");
        var analyst = new ScriptedAnalyst();

        run(analyst, 100);

        assertThat(analyst.asked).isEmpty();
        assertThat(analysis("state || ' ' || reason")).isEqualTo("unavailable nothing_said");
    }

    @Test
    void aCallThatGoesOnIsNotAnalysed() {
        call(CALL);
        database.execute(
                "update calls set outcome = null, outcome_at = null where call_sid = $1", CALL);

        run(new ScriptedAnalyst(), 100);

        assertThat(database.count("select count(*) from call_analyses")).isZero();
    }

    @Test
    void aDayIsOneLine() {
        call(CALL);
        call("CA60000000000000000000000000000002");
        database.execute(
                "update calls set outcome = 'our_fault' where call_sid = 'CA60000000000000000000000000000002'");
        prices("4", "64");
        prices("4", "64");
        database.execute(
                """
                insert into call_usage (call_sid, responses, text_in, text_cached, audio_in, audio_cached, text_out, audio_out,
                    transcribed_text_in, transcribed_audio_in, transcribed_text_out, transcribed_seconds)
                values ($1, 3, 1500000, 500000, 0, 0, 0, 1000000, 100000, 200000, 50000, 90.5)
                """,
                CALL);
        run(new ScriptedAnalyst(DONE, DONE), 100);

        // One million uncached at 4, half a million cached at 0.4, one million spoken at 64.
        assertThat(
                        database.text(
                                "select round(conversation, 2) from call_costs where call_sid = $1",
                                CALL))
                .isEqualTo("68.20");
        // 0.25 and 1.2 of what was heard, 0.5 of what was written, a minute and a half at 0.006.
        assertThat(
                        database.text(
                                "select round(transcription, 5) from call_costs where call_sid = $1",
                                CALL))
                .isEqualTo("1.95905");
        // Half a million at 1, half a million at 0.1, a hundred thousand at 10.
        assertThat(
                        database.text(
                                "select round(analysis, 2) from call_costs where call_sid = $1",
                                CALL))
                .isEqualTo("1.55");
        assertThat(
                        database.text(
                                """
                                select concat_ws(' ', sum(calls), sum(successful), sum(lost), sum(negative), sum(unanswered_questions),
                                    round(sum(conversation_cost), 2), round(sum(transcription_cost), 2), max(currency))
                                from daily_figures where day in (select day from call_days where call_sid like 'CA6%')
                                """))
                .endsWith("68.20 1.96 USD");
        assertThat(
                        database.count(
                                "select count(*) from call_days where call_sid like 'CA6%' and outcome = 'our_fault'"))
                .isEqualTo(1);
        assertThat(
                        database.text(
                                "select string_agg(question, ' ' order by question) from unanswered_questions where call_sid = $1",
                                CALL))
                .isEqualTo("And cats? Do you take dogs?");
        assertThat(database.count("select count(*) from model_prices"))
                .as("the same prices again are no new ones")
                .isEqualTo(1);
    }

    @Test
    void afterAWhileOnlyFiguresAreLeft() {
        call(CALL);
        run(new ScriptedAnalyst(DONE), 100);
        database.execute("update call_turns set at = now() - interval '91 days'");
        database.execute("update call_analyses set finished_at = now() - interval '91 days'");
        call("CA60000000000000000000000000000002");
        database.execute(
                """
                insert into call_tool_requests (call_sid, tool_call_id, attempt, action, params, at) values
                    ($1, 'never answered', 1, 'take_message', '{"message": "Something private"}', now() - interval '91 days'),
                    ($1, 'lately', 1, 'take_message', '{}', now())
                """,
                CALL);

        int deleted =
                await(
                        new PgRecords(pool)
                                .deleteOlderThan(Duration.ofDays(90), Duration.ofDays(365)));

        assertThat(deleted).isEqualTo(2);
        assertThat(database.count("select count(*) from call_turns")).isEqualTo(2);
        assertThat(database.text("select string_agg(tool_call_id, ' ') from call_tool_requests"))
                .isEqualTo("lately");
        assertThat(
                        analysis(
                                "concat(summary, topics, follow_ups, sentiment, cardinality(open_questions))"))
                .isEqualTo("negative2");
        assertThat(
                        database.count(
                                "select count(*) from unanswered_questions where call_sid = $1",
                                CALL))
                .isZero();
        assertThat(
                        await(
                                new PgRecords(pool)
                                        .deleteOlderThan(
                                                Duration.ofDays(90), Duration.ofDays(365))))
                .isZero();
    }

    @Test
    void messagesGoAfterAWhileAndThoseNobodyHandledLater() {
        database.execute(
                """
                insert into messages (call_sid, body, created_at, handled_at)
                values ('CA60', 'handled', now() - interval '91 days', now()), ('CA60', 'open', now() - interval '364 days', null),
                       ('CA60', 'forgotten', now() - interval '366 days', null)
                """);

        await(new PgRecords(pool).deleteOlderThan(Duration.ofDays(90), Duration.ofDays(365)));

        assertThat(
                        database.text(
                                "select string_agg(body, ' ') from messages where call_sid = 'CA60'"))
                .isEqualTo("open");
        database.execute("delete from messages where call_sid = 'CA60'");
    }

    private void prices(String textIn, String audioOut) {
        await(
                new PgPrices(pool)
                        .apply(
                                new PgPrices.Prices(
                                        "USD",
                                        new PgPrices.Conversation(
                                                new BigDecimal(textIn),
                                                new BigDecimal("0.4"),
                                                new BigDecimal("32"),
                                                new BigDecimal("0.4"),
                                                new BigDecimal("24"),
                                                new BigDecimal(audioOut)),
                                        new PgPrices.Transcription(
                                                new BigDecimal("2.5"),
                                                new BigDecimal("6"),
                                                new BigDecimal("10"),
                                                new BigDecimal("0.006")),
                                        new PgPrices.Analysis(
                                                new BigDecimal("1"),
                                                new BigDecimal("0.1"),
                                                new BigDecimal("10")))));
    }

    private void call(String sid) {
        database.execute(
                """
                insert into calls (call_sid, caller, announced_at, stream_started_at, outcome, outcome_at)
                values ($1, '+14155550601', now(), now(), 'completed', now() - interval '1 minute')
                """,
                sid);
        database.execute(
                """
                insert into call_turns (call_sid, attempt, seq, role, content, at)
                values ($1, 1, 1, 'assistant', 'Hello!', now()), ($1, 1, 2, 'caller', 'Do you take dogs?', now())
                """,
                sid);
    }

    private String analysis(String columns) {
        return String.valueOf(
                database.text(
                        "select " + columns + " from call_analyses where call_sid = $1", CALL));
    }

    /// The calls of other tests in this database are none of this one's.
    private void run(Analyst analyst, int mostADay) {
        database.execute(
                "update calls set outcome_at = now() - interval '2 days' where outcome is not null and call_sid not like 'CA6%'");
        await(analyses(analyst, mostADay).analyseDue());
    }

    private CallAnalyses analyses(Analyst analyst, int mostADay) {
        return new CallAnalyses(
                new PgAnalysisStore(pool),
                analyst,
                (_, result, why, _) -> events.add(result + " " + why),
                mostADay,
                Clock.systemUTC());
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }

    private static final class ScriptedAnalyst implements Analyst {

        private final List<List<Line>> asked = new ArrayList<>();
        private final Queue<Result> results;

        ScriptedAnalyst(Result... results) {
            this.results = new ArrayDeque<>(List.of(results));
        }

        @Override
        public CompletionStage<Result> read(List<Line> transcript) {
            asked.add(transcript);
            Result next = results.poll();
            return CompletableFuture.completedFuture(
                    next == null ? new Result.Unavailable("nothing scripted") : next);
        }
    }
}
