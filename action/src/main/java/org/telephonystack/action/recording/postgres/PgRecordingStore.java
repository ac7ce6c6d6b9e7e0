package org.telephonystack.action.recording.postgres;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;

import org.telephonystack.action.recording.RecordingSid;
import org.telephonystack.action.recording.RecordingStore;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// `recordings`. Whoever takes a row pushes it away from everybody else for ten minutes: longer than anything done with it.
public final class PgRecordingStore implements RecordingStore {

    /// Index: recordings_due.
    private static final String NEXT_WAITING =
            """
            update recordings set attempts = attempts + 1, next_attempt_at = now() + interval '10 minutes'
            where recording_sid = (
                select recording_sid from recordings
                where state = 'waiting' and next_attempt_at <= now()
                order by next_attempt_at limit 1 for update skip locked)
            returning recording_sid, attempts
            """;

    /// Also one of whose end nobody ever told us: it may lie at Twilio all the same. Index: recordings_kept_by_age.
    private static final String NEXT_OLD =
            """
            update recordings set next_attempt_at = now() + interval '10 minutes'
            where recording_sid = (
                select recording_sid from recordings
                where state in ('expected', 'waiting', 'kept', 'fetched', 'failed')
                  and created_at < now() - make_interval(secs => $1) and next_attempt_at <= now()
                order by created_at limit 1 for update skip locked)
            returning recording_sid, file
            """;

    private static final String STATE =
            """
            update recordings set state = $2, error_reason = null, next_attempt_at = now(),
                deleted_at = case when $2 = 'deleted' then now() end,
                file = case when $2 = 'deleted' then null else file end
            where recording_sid = $1
            """;

    private static final String FETCHED =
            """
            update recordings set state = 'fetched', file = $2, error_reason = null, next_attempt_at = now()
            where recording_sid = $1
            """;

    private static final String LATER =
            """
            update recordings set error_reason = $2, next_attempt_at = now() + make_interval(secs => $3)
            where recording_sid = $1
            """;

    private static final String FAILED =
            "update recordings set state = 'failed', error_reason = $2, next_attempt_at = now() where recording_sid = $1";

    private final Pool pool;

    public PgRecordingStore(Pool pool) {
        this.pool = pool;
    }

    @Override
    public CompletionStage<Optional<Waiting>> nextWaiting() {
        return pool.query(NEXT_WAITING)
                .execute()
                .map(rows ->
                        rows.rowCount() == 0
                                ? Optional.<Waiting>empty()
                                : Optional.of(
                                        new Waiting(
                                                new RecordingSid(
                                                        rows.iterator()
                                                                .next()
                                                                .getString("recording_sid")),
                                                rows.iterator().next().getInteger("attempts"))))
                .subscribeAsCompletionStage();
    }

    @Override
    public CompletionStage<Optional<Old>> nextOlderThan(Duration age) {
        return pool.preparedQuery(NEXT_OLD)
                .execute(Tuple.of((double) age.toSeconds()))
                .map(rows ->
                        rows.rowCount() == 0
                                ? Optional.<Old>empty()
                                : Optional.of(
                                        new Old(
                                                new RecordingSid(
                                                        rows.iterator()
                                                                .next()
                                                                .getString("recording_sid")),
                                                Optional.ofNullable(
                                                        rows.iterator().next().getString("file")))))
                .subscribeAsCompletionStage();
    }

    @Override
    public CompletionStage<Void> kept(RecordingSid sid) {
        return execute(STATE, Tuple.of(sid.value(), "kept"));
    }

    @Override
    public CompletionStage<Void> fetched(RecordingSid sid, String file) {
        return execute(FETCHED, Tuple.of(sid.value(), file));
    }

    @Override
    public CompletionStage<Void> later(RecordingSid sid, String why, Duration after) {
        return execute(LATER, Tuple.of(sid.value(), why, (double) after.toSeconds()));
    }

    @Override
    public CompletionStage<Void> failed(RecordingSid sid, String why) {
        return execute(FAILED, Tuple.of(sid.value(), why));
    }

    @Override
    public CompletionStage<Void> deleted(RecordingSid sid) {
        return execute(STATE, Tuple.of(sid.value(), "deleted"));
    }

    private CompletionStage<Void> execute(String sql, Tuple parameters) {
        Uni<Void> done = pool.preparedQuery(sql).execute(parameters).replaceWithVoid();
        return done.subscribeAsCompletionStage();
    }
}
