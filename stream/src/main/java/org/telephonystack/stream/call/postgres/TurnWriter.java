package org.telephonystack.stream.call.postgres;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;

import org.telephonystack.model.CallSid;
import org.telephonystack.stream.call.CallJournal.Line;
import org.telephonystack.stream.call.CallJournal.ToolRequest;
import org.telephonystack.stream.call.postgres.JournalRows.Entry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// Writes what is said and what happens in all calls, in batches, at most 100 ms later. A database that is away is tried again
/// every second while there is room: a minute without it costs nothing. One that takes our statements and never answers counts
/// as away.
///
/// Held at most: 10,000 lines, four minutes of a hundred talkative calls (about 25 lines a minute each); beyond that the newest
/// is dropped, counted, and told of once a round.
public final class TurnWriter {

    /// @param mostHeld lines that are queued or being written
    /// @param gather so long a line waits for others
    /// @param retry when the database is away
    /// @param patience with a statement; then its lines are written again, which does no harm
    record Pace(int mostHeld, Duration gather, Duration retry, Duration patience) {

        static final Pace USUAL =
                new Pace(
                        10_000,
                        Duration.ofMillis(50),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(10));
    }

    private static final int MAX_BATCH = 200;
    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private final Vertx vertx;
    private final Pool pool;
    private final JournalEvents events;
    private final Pace pace;
    private final BlockingDeque<Entry> queue = new LinkedBlockingDeque<>();
    private final AtomicInteger held = new AtomicInteger();
    private final AtomicInteger dropped = new AtomicInteger();
    private final AtomicBoolean writing = new AtomicBoolean();
    private final CompletableFuture<Void> empty = new CompletableFuture<>();
    private volatile boolean waits;
    private volatile boolean leaving;

    public TurnWriter(Vertx vertx, Pool pool, JournalEvents events) {
        this(vertx, pool, events, Pace.USUAL);
    }

    TurnWriter(Vertx vertx, Pool pool, JournalEvents events, Pace pace) {
        this.pace = pace;
        this.vertx = vertx;
        this.pool = pool;
        this.events = events;
    }

    /// Lines that are not written yet.
    public int queued() {
        return held.get();
    }

    /// From any thread; never waits.
    void write(CallSid callSid, int attempt, Line line) {
        if (held.incrementAndGet() > pace.mostHeld()) {
            held.decrementAndGet();
            dropped.incrementAndGet();
        } else {
            queue.add(new Entry(callSid, attempt, line));
        }
        wakeAfter(line instanceof ToolRequest ? AT_ONCE : pace.gather());
    }

    /// Waits until all that is held is written, before the process leaves; what is not within the limit is lost. Never fails.
    public Uni<Void> finish(Duration limit) {
        leaving = true;
        wakeAfter(AT_ONCE);
        if (held.get() == 0) {
            empty.complete(null);
        }
        return Uni.createFrom()
                .completionStage(empty)
                .ifNoItem()
                .after(limit)
                .recoverWithUni(() -> {
                    queue.clear();
                    int lost = held.get();
                    if (lost > 0) {
                        events.turnsDropped(lost, "leaving");
                    }
                    return Uni.createFrom().voidItem();
                });
    }

    private void wakeAfter(Duration delay) {
        if (writing.compareAndSet(false, true)) {
            vertx.setTimer(delay.toMillis(), _ -> writeBatch());
        }
    }

    private void writeBatch() {
        int lost = dropped.getAndSet(0);
        if (lost > 0) {
            events.turnsDropped(lost, "queue_full");
        }
        List<Entry> batch = new ArrayList<>();
        queue.drainTo(batch, leaving ? pace.mostHeld() : MAX_BATCH);
        if (batch.isEmpty()) {
            done(pace.gather());
            return;
        }
        insert(batch)
                .subscribe()
                .with(
                        _ -> {
                            waits = false;
                            gone(batch.size());
                            done(pace.gather());
                        },
                        failure -> onFailure(batch, failure));
    }

    private void onFailure(List<Entry> batch, Throwable failure) {
        if (!isRefusal(failure)) {
            keep(batch);
            if (!waits) {
                waits = true;
                events.turnsWait(held.get(), failure);
            }
            done(pace.retry());
        } else if (batch.size() == 1) {
            refused();
            done(pace.gather());
        } else {
            // One line that the database will never take costs none of the others.
            Multi.createFrom()
                    .iterable(batch)
                    .onItem()
                    .transformToUniAndConcatenate(this::insertAlone)
                    .subscribe()
                    .with(_ -> {}, _ -> done(pace.retry()), () -> done(pace.gather()));
        }
    }

    private Uni<Void> insertAlone(Entry entry) {
        return insert(List.of(entry))
                .invoke(() -> gone(1))
                .onFailure()
                .recoverWithItem(failure -> {
                    if (isRefusal(failure)) {
                        refused();
                    } else {
                        keep(List.of(entry));
                    }
                    return null;
                });
    }

    /// Whether asking again is useless: a fault of the line (values 22, rules 23) or of ours (the statement, 42), not of a
    /// server that stops, is full, or away.
    static boolean isRefusal(Throwable failure) {
        return failure instanceof PgException refused
                && refused.getSqlState().matches("(22|23|42).*");
    }

    /// They are older than all that came meanwhile.
    private void keep(List<Entry> batch) {
        batch.reversed().forEach(queue::addFirst);
    }

    private void gone(int lines) {
        if (held.addAndGet(-lines) == 0 && leaving) {
            empty.complete(null);
        }
    }

    private void refused() {
        gone(1);
        events.turnsDropped(1, "refused");
    }

    private void done(Duration nextDelay) {
        writing.set(false);
        if (!queue.isEmpty() || dropped.get() > 0) {
            wakeAfter(nextDelay);
        }
    }

    private Uni<Void> insert(List<Entry> batch) {
        Uni<Void> all = Uni.createFrom().voidItem();
        for (String sql : JournalRows.STATEMENTS) {
            List<Tuple> rows =
                    batch.stream()
                            .filter(entry -> JournalRows.statement(entry.line()).equals(sql))
                            .map(JournalRows::tuple)
                            .toList();
            if (!rows.isEmpty()) {
                all = all.chain(() -> pool.preparedQuery(sql).executeBatch(rows).replaceWithVoid());
            }
        }
        return all.ifNoItem()
                .after(pace.patience())
                .failWith(() -> new TimeoutException("no answer within " + pace.patience()));
    }
}
