package org.telephonystack.stream.call.postgres;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;

import org.telephonystack.model.EndReason;
import org.telephonystack.stream.call.CallJournal;
import org.telephonystack.stream.call.CallStart;
import org.telephonystack.stream.call.ModelEvent.Transcribed;
import org.telephonystack.stream.call.ModelEvent.Usage;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/// The books of one call: its row in `calls` and its turns.
///
/// Either statement makes the row where it is missing, for the announcement and the other statement may be lost, and none
/// touches the row of a later attempt.
public final class PgCallJournal implements CallJournal {

    private static final String STARTED =
            """
            insert into calls as c (call_sid, caller, called, attempt, instance_id, stream_started_at, stream_sid,
                first_stream_at)
            values ($1, nullif($2, ''), nullif($3, ''), $4, $5, $6, $7, $6)
            on conflict (call_sid) do update set
                caller = coalesce(nullif(c.caller, ''), excluded.caller),
                called = coalesce(nullif(c.called, ''), excluded.called),
                attempt = excluded.attempt, instance_id = excluded.instance_id,
                stream_started_at = excluded.stream_started_at, stream_sid = excluded.stream_sid,
                first_stream_at = coalesce(c.first_stream_at, excluded.first_stream_at),
                stream_ended_at = null, end_reason = null, updated_at = now()
            where c.attempt <= excluded.attempt
            """;

    private static final String ENDED =
            """
            insert into calls as c (call_sid, caller, called, attempt, instance_id, stream_started_at, stream_sid,
                first_stream_at, stream_ended_at, end_reason)
            values ($1, nullif($2, ''), nullif($3, ''), $4, $5, $6, $7, $6, $8, $9)
            on conflict (call_sid) do update set
                caller = coalesce(nullif(c.caller, ''), excluded.caller),
                called = coalesce(nullif(c.called, ''), excluded.called),
                attempt = excluded.attempt, instance_id = excluded.instance_id,
                stream_started_at = excluded.stream_started_at, stream_sid = excluded.stream_sid,
                first_stream_at = coalesce(c.first_stream_at, excluded.first_stream_at),
                stream_ended_at = excluded.stream_ended_at, end_reason = excluded.end_reason, updated_at = now()
            where c.attempt <= excluded.attempt
            """;

    /// How often a database that is away is told again that the call is here.
    private static final Duration AGAIN = Duration.ofSeconds(2);

    private final Pool pool;
    private final TurnWriter turns;
    private final PatientWriter patient;
    private final JournalEvents events;
    private final CallUsage cost;
    private final UUID instance;
    private final CallStart start;

    /// The first statement must not overtake the second on another connection.
    private CompletionStage<?> written = CompletableFuture.completedStage(null);

    private boolean over;

    public PgCallJournal(
            Pool pool,
            TurnWriter turns,
            PatientWriter patient,
            JournalEvents events,
            UUID instance,
            CallStart start) {
        this.pool = pool;
        this.turns = turns;
        this.patient = patient;
        this.cost = new CallUsage(patient, start.callSid());
        this.events = events;
        this.instance = instance;
        this.start = start;
    }

    /// Until it is written: a row that names the process before this one, which is dead, would have the reaper redirect a call that
    /// is well, and give the next stream the number of this one.
    @Override
    public void started(CallStart ignored) {
        tell(failure -> events.notWritten("started", start.callSid(), failure));
    }

    private synchronized void tell(Consumer<Throwable> whenNotWritten) {
        if (over) {
            return;
        }
        written =
                pool.preparedQuery(STARTED)
                        .execute(Tuple.tuple(row()))
                        .onFailure()
                        .invoke(failure -> {
                            whenNotWritten.accept(failure);
                            tellAgain();
                        })
                        .subscribeAsCompletionStage();
    }

    /// The line and the count of the first failure speak for all of an outage.
    private void tellAgain() {
        var _ =
                Uni.createFrom()
                        .voidItem()
                        .onItem()
                        .delayIt()
                        .by(AGAIN)
                        .subscribe()
                        .with(_ -> tell(_ -> {}));
    }

    @Override
    public void turn(Turn turn) {
        turns.write(start.callSid(), start.ticket().attempt(), turn);
    }

    /// What a response cost.
    public void used(Usage usage) {
        cost.add(usage);
    }

    /// What writing down the caller's words took.
    public void transcribed(Transcribed took) {
        cost.add(took);
    }

    @Override
    public void incident(Incident incident) {
        turns.write(start.callSid(), start.ticket().attempt(), incident);
    }

    @Override
    public void tool(ToolRequest request) {
        turns.write(start.callSid(), start.ticket().attempt(), request);
    }

    /// Tried again where the database is away: without it whoever said goodbye counts as lost, and is told so by text. The
    /// row of a later attempt is not touched, however late it comes.
    @Override
    public synchronized CompletionStage<?> ended(EndReason reason) {
        over = true;
        List<Object> row = row();
        row.add(Instant.now().atOffset(ZoneOffset.UTC));
        row.add(reason.word());
        return patient.write("ended", start.callSid(), ENDED, row, written);
    }

    private List<Object> row() {
        var row = new ArrayList<Object>();
        row.add(start.callSid().value());
        row.add(start.callerNumber());
        row.add(start.calledNumber());
        row.add(start.ticket().attempt());
        row.add(instance);
        row.add(start.at().atOffset(ZoneOffset.UTC));
        row.add(start.streamSid().value());
        return row;
    }
}
