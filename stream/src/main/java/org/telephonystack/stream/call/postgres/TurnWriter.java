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
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/// Writes what is said and what happens in all calls, in batches, at most 100 ms later. A database that is away is tried again
/// every second while the queue has room: a minute without it costs nothing.
///
/// Queue: lines, 10,000 of them (an hour of a hundred talkative calls); when it is full the newest is dropped and counted.
public final class TurnWriter {

    private static final int MAX_QUEUED = 10_000;
    private static final int MAX_BATCH = 200;
    private static final Duration GATHER = Duration.ofMillis(50);
    private static final Duration AT_ONCE = Duration.ofMillis(1);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Vertx vertx;
    private final Pool pool;
    private final JournalEvents events;
    private final BlockingQueue<Entry> queue;
    private final AtomicBoolean writing = new AtomicBoolean();
    private volatile boolean waits;

    public TurnWriter(Vertx vertx, Pool pool, JournalEvents events) {
        this(vertx, pool, events, MAX_QUEUED);
    }

    TurnWriter(Vertx vertx, Pool pool, JournalEvents events, int maxQueued) {
        this.queue = new LinkedBlockingQueue<>(maxQueued);
        this.vertx = vertx;
        this.pool = pool;
        this.events = events;
    }

    public int queued() {
        return queue.size();
    }

    /// From any thread; never waits.
    void write(CallSid callSid, int attempt, Line line) {
        if (!queue.offer(new Entry(callSid, attempt, line))) {
            events.turnsDropped(1, "queue_full");
            return;
        }
        wakeAfter(line instanceof ToolRequest ? AT_ONCE : GATHER);
    }

    /// What is queued now, before the process leaves. Never fails.
    public Uni<Void> flush() {
        List<Entry> batch = new ArrayList<>();
        queue.drainTo(batch);
        return batch.isEmpty()
                ? Uni.createFrom().voidItem()
                : insert(batch).onFailure().recoverWithNull();
    }

    private void wakeAfter(Duration delay) {
        if (writing.compareAndSet(false, true)) {
            vertx.setTimer(delay.toMillis(), _ -> writeBatch());
        }
    }

    private void writeBatch() {
        List<Entry> batch = new ArrayList<>();
        queue.drainTo(batch, MAX_BATCH);
        if (batch.isEmpty()) {
            done(GATHER);
            return;
        }
        insert(batch)
                .subscribe()
                .with(
                        _ -> {
                            waits = false;
                            done(GATHER);
                        },
                        failure -> onFailure(batch, failure));
    }

    private void onFailure(List<Entry> batch, Throwable failure) {
        if (!isRefusal(failure)) {
            keep(batch);
            if (!waits) {
                waits = true;
                events.turnsWait(queue.size(), failure);
            }
            done(RETRY);
        } else if (batch.size() == 1) {
            events.turnsDropped(1, "refused");
            done(GATHER);
        } else {
            // One line that the database will never take costs none of the others.
            Multi.createFrom()
                    .iterable(batch)
                    .onItem()
                    .transformToUniAndConcatenate(this::insertAlone)
                    .subscribe()
                    .with(_ -> {}, _ -> done(RETRY), () -> done(GATHER));
        }
    }

    private Uni<Void> insertAlone(Entry entry) {
        return insert(List.of(entry))
                .onFailure()
                .recoverWithItem(failure -> {
                    if (isRefusal(failure)) {
                        events.turnsDropped(1, "refused");
                    } else {
                        keep(List.of(entry));
                    }
                    return null;
                });
    }

    /// Whether asking again is useless: a fault of the line (values 22, rules 23) or of ours (the statement, 42), not of a
    /// server that stops, is full, or away.
    private static boolean isRefusal(Throwable failure) {
        return failure instanceof PgException refused
                && refused.getSqlState().matches("(22|23|42).*");
    }

    /// Order does not matter: `seq` tells it.
    private void keep(List<Entry> batch) {
        long lost = batch.stream().filter(entry -> !queue.offer(entry)).count();
        if (lost > 0) {
            events.turnsDropped((int) lost, "queue_full");
        }
    }

    private void done(Duration nextDelay) {
        writing.set(false);
        if (!queue.isEmpty()) {
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
        return all;
    }
}
