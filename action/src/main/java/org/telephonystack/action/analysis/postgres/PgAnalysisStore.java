package org.telephonystack.action.analysis.postgres;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;

import org.telephonystack.action.analysis.AnalysisStore;
import org.telephonystack.action.analysis.Analyst;
import org.telephonystack.action.analysis.CallAnalysis;
import org.telephonystack.model.CallSid;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.StreamSupport;

/// `call_analyses`. The job is made from the call itself, so none can be lost; `attempts` is the fence of a claim.
public final class PgAnalysisStore implements AnalysisStore {

    /// The last lines of a conversation may be written a moment after its end. Index: calls_by_outcome_at.
    private static final String MAKE_JOBS =
            """
            insert into call_analyses (call_sid)
            select call_sid from calls c
            where outcome is not null and outcome_at between now() - interval '1 day' and now() - interval '2 seconds'
              and stream_started_at is not null
              and not exists (select from call_analyses a where a.call_sid = c.call_sid)
            order by outcome_at limit 50
            on conflict do nothing
            """;

    /// Indexes: call_analyses_due, call_analyses_started.
    private static final String CLAIM =
            """
            with today as (select count(*) >= $1 as full_up from call_analyses where started_at > now() - interval '1 day'),
            due as (
                select call_sid from call_analyses
                where (state = 'pending' and next_attempt_at <= now()) or (state = 'running' and lease_until <= now())
                order by next_attempt_at limit 1
                for update skip locked)
            update call_analyses a
            set state = 'running', attempts = a.attempts + 1, lease_until = now() + interval '10 minutes',
                started_at = case when today.full_up then a.started_at else coalesce(a.started_at, now()) end
            from due, today where a.call_sid = due.call_sid
            returning a.call_sid, a.attempts, today.full_up and a.started_at is null as over_limit
            """;

    private static final String TRANSCRIPT =
            """
            select role, content from call_turns
            where call_sid = $1 and content <> ''
            order by attempt, seq limit 1000
            """;

    private static final String DONE =
            """
            update call_analyses
            set state = 'done', finished_at = now(), lease_until = null, reason = null, summary = $3, sentiment = $4,
                sentiment_course = $5, topics = $6, follow_ups = $7, open_questions = $8, model = $9,
                input_tokens = coalesce(input_tokens, 0) + $10, cached_tokens = coalesce(cached_tokens, 0) + $11,
                output_tokens = coalesce(output_tokens, 0) + $12
            where call_sid = $1 and attempts = $2 and state = 'running'
            """;

    private static final String LATER =
            """
            update call_analyses
            set state = 'pending', reason = $3, lease_until = null, next_attempt_at = now() + make_interval(secs => $4),
                input_tokens = coalesce(input_tokens, 0) + $5, cached_tokens = coalesce(cached_tokens, 0) + $6,
                output_tokens = coalesce(output_tokens, 0) + $7
            where call_sid = $1 and attempts = $2 and state = 'running'
            """;

    private static final String UNAVAILABLE =
            """
            update call_analyses
            set state = 'unavailable', reason = $3, lease_until = null, finished_at = now(),
                input_tokens = coalesce(input_tokens, 0) + $4, cached_tokens = coalesce(cached_tokens, 0) + $5,
                output_tokens = coalesce(output_tokens, 0) + $6
            where call_sid = $1 and attempts = $2 and state = 'running'
            """;

    private final Pool pool;

    public PgAnalysisStore(Pool pool) {
        this.pool = pool;
    }

    @Override
    public CompletionStage<Optional<Job>> next(int mostADay) {
        return pool.query(MAKE_JOBS)
                .execute()
                .chain(() -> pool.preparedQuery(CLAIM).execute(Tuple.of(mostADay)))
                .map(rows ->
                        rows.rowCount() == 0
                                ? Optional.<Job>empty()
                                : Optional.of(job(rows.iterator().next())))
                .subscribeAsCompletionStage();
    }

    private static Job job(Row row) {
        return new Job(
                new CallSid(row.getString("call_sid")),
                row.getInteger("attempts"),
                row.getBoolean("over_limit"));
    }

    @Override
    public CompletionStage<List<Analyst.Line>> transcript(CallSid callSid) {
        return pool.preparedQuery(TRANSCRIPT)
                .execute(Tuple.of(callSid.value()))
                .map(rows ->
                        StreamSupport.stream(rows.spliterator(), false)
                                .map(row ->
                                        new Analyst.Line(
                                                row.getString("role"), row.getString("content")))
                                .toList())
                .subscribeAsCompletionStage();
    }

    @Override
    public CompletionStage<Void> done(Job job, Analyst.Result.Done done) {
        CallAnalysis analysis = done.analysis();
        Tuple row = Tuple.tuple();
        row.addString(job.callSid().value())
                .addInteger(job.attempts())
                .addString(analysis.summary())
                .addString(analysis.sentiment())
                .addArrayOfString(analysis.sentimentCourse().toArray(String[]::new))
                .addArrayOfString(analysis.topics().toArray(String[]::new))
                .addArrayOfString(analysis.followUps().toArray(String[]::new))
                .addArrayOfString(analysis.openQuestions().toArray(String[]::new))
                .addString(done.model());
        return execute(DONE, paid(row, done.tokens()));
    }

    @Override
    public CompletionStage<Void> later(Job job, String why, Duration after, Analyst.Tokens tokens) {
        return execute(
                LATER,
                paid(
                        Tuple.of(
                                job.callSid().value(),
                                job.attempts(),
                                why,
                                after.toMillis() / 1000.0),
                        tokens));
    }

    @Override
    public CompletionStage<Void> unavailable(Job job, String why, Analyst.Tokens tokens) {
        return execute(
                UNAVAILABLE, paid(Tuple.of(job.callSid().value(), job.attempts(), why), tokens));
    }

    private static Tuple paid(Tuple row, Analyst.Tokens tokens) {
        return row.addLong(tokens.input()).addLong(tokens.cached()).addLong(tokens.output());
    }

    private CompletionStage<Void> execute(String sql, Tuple parameters) {
        Uni<Void> done = pool.preparedQuery(sql).execute(parameters).replaceWithVoid();
        return done.subscribeAsCompletionStage();
    }
}
