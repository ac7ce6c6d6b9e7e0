package org.telephonystack.stream.call.postgres;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;

import org.telephonystack.model.CallSid;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/// Writes what must be known of a call although the database is away at the moment: how it ended, what it cost. What is not
/// taken is tried again for a minute. Where only the answer was lost a statement arrives twice.
///
/// What is not written is told of twice: when it begins to wait, and when it is lost.
public final class PatientWriter {

    /// @param retry when the database is away
    /// @param patience from the first try to the last
    record Pace(Duration retry, Duration patience) {

        static final Pace USUAL = new Pace(Duration.ofSeconds(2), Duration.ofMinutes(1));
    }

    /// A statement; each is itself alone.
    private static final class Waiting {
        private final String what;
        private final CallSid callSid;
        private final Runnable whenOver;
        private final CompletableFuture<Void> done = new CompletableFuture<>();
        private final CompletableFuture<Cancellable> attempt = new CompletableFuture<>();

        private Waiting(String what, CallSid callSid, Runnable whenOver) {
            this.what = what;
            this.callSid = callSid;
            this.whenOver = whenOver;
        }
    }

    private final Pool pool;
    private final JournalEvents events;
    private final Pace pace;
    private final Set<Waiting> waiting = ConcurrentHashMap.newKeySet();

    public PatientWriter(Pool pool, JournalEvents events) {
        this(pool, events, Pace.USUAL);
    }

    PatientWriter(Pool pool, JournalEvents events, Pace pace) {
        this.pool = pool;
        this.events = events;
        this.pace = pace;
    }

    /// From any thread.
    ///
    /// @param after what must be over before it, well or not
    /// @return completes when it is written or lost, never fails
    CompletionStage<Void> write(
            String what, CallSid callSid, String sql, List<Object> row, CompletionStage<?> after) {
        var statement = new Waiting(what, callSid, () -> {});
        waiting.add(statement);
        var _ =
                after.handle((_, _) -> {
                    attempt(statement, sql, Tuple.tuple(row));
                    return statement;
                });
        return statement.done;
    }

    /// @param whenOver when it is written or lost; what it writes is waited for like this
    void write(String what, CallSid callSid, String sql, List<Object> row, Runnable whenOver) {
        var statement = new Waiting(what, callSid, whenOver);
        waiting.add(statement);
        attempt(statement, sql, Tuple.tuple(row));
    }

    private void attempt(Waiting statement, String sql, Tuple row) {
        var told = new AtomicBoolean();
        Cancellable attempt =
                Uni.createFrom()
                        .deferred(() -> pool.preparedQuery(sql).execute(row))
                        .onFailure()
                        .invoke(failure -> {
                            if (told.compareAndSet(false, true)) {
                                events.notWritten(statement.what, statement.callSid, failure);
                            }
                        })
                        .onFailure(failure -> !TurnWriter.isRefusal(failure))
                        .retry()
                        .withBackOff(pace.retry(), pace.retry())
                        .withJitter(0)
                        .expireIn(pace.patience().toMillis())
                        .subscribe()
                        .with(_ -> finished(statement), failure -> lost(statement, failure));
        statement.attempt.complete(attempt);
    }

    /// Waits until nothing waits any more, before the process leaves; lost is what is not written within the limit. Never fails.
    public Uni<Void> finish(Duration limit) {
        return emptied()
                .ifNoItem()
                .after(limit)
                .recoverWithUni(() -> {
                    var late = new TimeoutException("the process leaves");
                    while (!waiting.isEmpty()) {
                        List.copyOf(waiting).forEach(statement -> lost(statement, late));
                    }
                    return Uni.createFrom().voidItem();
                });
    }

    private Uni<Void> emptied() {
        var done =
                waiting.stream()
                        .map(statement -> statement.done)
                        .toArray(CompletableFuture<?>[]::new);
        return done.length == 0
                ? Uni.createFrom().voidItem()
                : Uni.createFrom()
                        .completionStage(CompletableFuture.allOf(done))
                        .chain(this::emptied);
    }

    private void finished(Waiting statement) {
        statement.whenOver.run();
        waiting.remove(statement);
        statement.done.complete(null);
    }

    private void lost(Waiting statement, Throwable failure) {
        if (waiting.remove(statement)) {
            // What is told to be lost must not be written after all.
            var _ = statement.attempt.thenAccept(Cancellable::cancel);
            events.notWritten(statement.what + "_lost", statement.callSid, failure);
            statement.whenOver.run();
            statement.done.complete(null);
        }
    }
}
