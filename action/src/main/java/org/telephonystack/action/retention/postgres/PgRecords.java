package org.telephonystack.action.retention.postgres;

import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;

import org.telephonystack.action.retention.Records;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/// Transcripts, analyses, texts, messages, what Twilio told of calls and who called in PostgreSQL.
public final class PgRecords implements Records {

    /// Index: call_turns_by_age. A statement deletes so many lines and no more: it holds no lock for long.
    private static final String TURNS =
            """
            delete from call_turns where ctid in (
                select ctid from call_turns where at < now() - make_interval(secs => $1) limit 50000)
            """;

    private static final String ANALYSES =
            """
            update call_analyses set summary = null, topics = null, follow_ups = null,
                open_questions = case when cardinality(open_questions) > 0
                    then array_fill(''::text, array[cardinality(open_questions)]) else open_questions end
            where finished_at < now() - make_interval(secs => $1) and summary is not null
            """;

    /// Index: tool_calls_by_age.
    private static final String TOOL_CALLS =
            """
            delete from tool_calls where ctid in (
                select ctid from tool_calls where at < now() - make_interval(secs => $1) limit 50000)
            """;

    /// What Twilio told of calls names numbers; how the calls ended is in `calls`. Index: call_events_by_age.
    private static final String EVENTS =
            """
            delete from call_events where ctid in (
                select ctid from call_events where received_at < now() - make_interval(secs => $1) limit 50000)
            """;

    /// Index: call_tool_requests_by_age.
    private static final String TOOL_REQUESTS =
            "delete from call_tool_requests where at < now() - make_interval(secs => $1)";

    /// Index: call_incidents_by_age.
    private static final String INCIDENTS =
            """
            delete from call_incidents where ctid in (
                select ctid from call_incidents where at < now() - make_interval(secs => $1) limit 50000)
            """;

    private static final String INBOX =
            "delete from sms_inbox where received_at < now() - make_interval(secs => $1)";

    private static final String WORDS_OF_TEXTS =
            """
            update sms_outbox set body = ''
            where created_at < now() - make_interval(secs => $1) and body <> ''
              and state in ('sent', 'failed', 'skipped')
            """;

    /// Two days at least: what a number was sent, said and cost within a day is counted, and no text is tried for longer than ten
    /// hours.
    private static final String OLD =
            "now() - greatest(make_interval(secs => $1), interval '2 days')";

    private static final String OUTBOX = "delete from sms_outbox where created_at < " + OLD;

    /// Who left a message is known as long as it exists: somebody has to be called back. News of a call so late that its number
    /// is gone already bring it back for as long again. Index: calls_with_numbers.
    private static final String NUMBERS =
            """
            update calls set caller = null, called = null
            where call_sid in (
                select call_sid from calls c
                where (caller is not null or called is not null) and updated_at < %s
                  and not exists (select from recordings r
                                  where r.call_sid = c.call_sid
                                    and r.state in ('expected', 'waiting', 'kept', 'fetched', 'failed'))
                limit 50000)
            """
                    .formatted(OLD);

    private static final String MESSAGES =
            """
            delete from messages
            where created_at < now() - make_interval(secs => case when handled_at is null then $2::double precision else $1 end)
            """;

    private final Pool pool;

    public PgRecords(Pool pool) {
        this.pool = pool;
    }

    @Override
    public CompletionStage<Integer> deleteOlderThan(Duration age, Duration unhandledAge) {
        Tuple seconds = Tuple.of((double) age.toSeconds());
        return pool.preparedQuery(TURNS)
                .execute(seconds)
                .call(() -> pool.preparedQuery(ANALYSES).execute(seconds))
                .call(() -> pool.preparedQuery(TOOL_CALLS).execute(seconds))
                .call(() -> pool.preparedQuery(TOOL_REQUESTS).execute(seconds))
                .call(() -> pool.preparedQuery(EVENTS).execute(seconds))
                .call(() -> pool.preparedQuery(INCIDENTS).execute(seconds))
                .call(() -> pool.preparedQuery(INBOX).execute(seconds))
                .call(() -> pool.preparedQuery(WORDS_OF_TEXTS).execute(seconds))
                .call(() -> pool.preparedQuery(OUTBOX).execute(seconds))
                .call(() -> pool.preparedQuery(NUMBERS).execute(seconds))
                .call(() ->
                        pool.preparedQuery(MESSAGES)
                                .execute(
                                        Tuple.of(
                                                (double) age.toSeconds(),
                                                (double) unhandledAge.toSeconds())))
                .map(rows -> rows.rowCount())
                .subscribeAsCompletionStage();
    }
}
