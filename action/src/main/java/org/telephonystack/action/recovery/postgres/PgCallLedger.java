package org.telephonystack.action.recovery.postgres;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

import org.telephonystack.action.outcome.CallEvent;
import org.telephonystack.action.outcome.OutcomeRule;
import org.telephonystack.action.recovery.CallLedger;
import org.telephonystack.action.recovery.Conclusion;
import org.telephonystack.model.CallSid;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Calls and their events in PostgreSQL. A call's row is locked before anything of it is read, so two pieces of news are
/// concluded one after the other, whichever process they reach.
public final class PgCallLedger implements CallLedger {

    private static final String LOCK =
            """
            insert into calls (call_sid, caller, called, announced_at)
            values ($1, $2, $3, case when $4 then now() end)
            on conflict (call_sid) do update set
                caller = coalesce(calls.caller, excluded.caller),
                called = coalesce(calls.called, excluded.called),
                announced_at = coalesce(calls.announced_at, excluded.announced_at),
                updated_at = now()
            """;

    private static final String STORE =
            """
            insert into call_events (dedupe_key, call_sid, kind, status, fields, parent_call_sid)
            values ($1, $2, $3, $4, $5, $6)
            on conflict (dedupe_key) do nothing
            """;

    /// A row that only stream has written is due once Twilio's callback had its time. Index: calls_without_outcome.
    private static final String NEXT_DUE =
            """
            select call_sid from calls
            where outcome is null
              and coalesce(review_at, stream_ended_at + make_interval(secs => $1)) <= now()
            order by updated_at
            limit 1
            for update skip locked
            """;

    private static final String RECORDING =
            """
            insert into recordings as r (recording_sid, call_sid, seconds, state)
            values ($1, $2, $3, $4)
            on conflict (recording_sid) do update set seconds = excluded.seconds, state = excluded.state
            where r.state = 'expected'
            """;

    /// Its row is no other process's until it is due again. Index: calls_without_outcome.
    private static final String NEXT_FORGOTTEN =
            """
            with due as (
                select call_sid, patience from calls, lateral (
                    select make_interval(secs => case when stream_ended_at is null and exists (
                               select from stream_instances i
                               where i.id = calls.instance_id and i.stopped_at is null
                                 and i.heartbeat_at > now() - interval '5 seconds') then $2::double precision else $1 end) as patience) of_call
                where outcome is null and coalesce(reconcile_at, updated_at + patience) <= now()
                order by updated_at limit 1
                for update of calls skip locked)
            update calls set reconcile_at = now() + due.patience
            from due where calls.call_sid = due.call_sid
            returning calls.call_sid
            """;

    /// A message takes two minutes and is left after the call had its outcome, where it was lost first. Index:
    /// calls_to_ask_for_recordings.
    private static final String NEXT_WITHOUT_RECORDING =
            """
            update calls set recordings_ask_at = now() + interval '10 minutes'
            where call_sid = (
                select call_sid from calls c
                where outcome not in ('completed', 'caller_hung_up') and recordings_ask_at is distinct from 'infinity'
                  and outcome_at between now() - interval '2 days' and now() - interval '10 minutes'
                  and coalesce(recordings_ask_at, outcome_at) <= now()
                  and not exists (select from recordings r where r.call_sid = c.call_sid and r.state <> 'expected')
                order by outcome_at limit 1
                for update skip locked)
            returning call_sid
            """;

    private static final String RECORDINGS_KNOWN =
            "update calls set recordings_ask_at = 'infinity' where call_sid = $1";

    private static final String HAS_ENDED =
            "select end_reason is not null or outcome is not null ended from calls where call_sid = $1";

    private static final Duration POLL = Duration.ofMillis(30);

    private final Pool pool;
    private final PgConclusion conclusions;
    private final Duration statusGrace;
    private final Duration limit;

    /// @param limit how long the database may take before the news counts as not stored
    public PgCallLedger(Pool pool, PgConclusion conclusions, OutcomeRule rule, Duration limit) {
        this.pool = pool;
        this.conclusions = conclusions;
        this.statusGrace = rule.statusGrace();
        this.limit = limit;
    }

    @Override
    public CompletionStage<Optional<Conclusion>> note(CallEvent event) {
        return pool.withTransaction(connection -> note(connection, event))
                .ifNoItem()
                .after(limit)
                .fail()
                .subscribeAsCompletionStage();
    }

    private Uni<Optional<Conclusion>> note(SqlConnection connection, CallEvent event) {
        Optional<CallSid> ours = callOf(event);
        if (ours.isEmpty()) {
            return store(connection, event).replaceWith(Optional.empty());
        }
        CallSid callSid = ours.get();
        return lock(connection, callSid, event)
                .chain(() -> store(connection, event))
                .chain(() -> keepRecording(connection, callSid, event))
                .chain(() -> conclusions.conclude(connection, callSid))
                .map(Optional::of);
    }

    /// A leg that a `<Dial>` placed is no call of ours, but news of the one it was placed for. What a form that we do not know
    /// speaks of is none.
    private static Optional<CallSid> callOf(CallEvent event) {
        return switch (event.kind()) {
            case ANNOUNCED, AFTER_STREAM, STREAM, RECORDING -> event.callSid();
            case CALL_STATUS -> event.isOfChildLeg() ? event.parent() : event.callSid();
            case MESSAGE, OTHER -> Optional.empty();
        };
    }

    private static Uni<Void> lock(SqlConnection connection, CallSid callSid, CallEvent event) {
        boolean ofLeg = event.isOfChildLeg();
        Tuple row =
                Tuple.of(
                        callSid.value(),
                        ofLeg
                                ? null
                                : event.field("From").or(() -> event.field("Caller")).orElse(null),
                        ofLeg
                                ? null
                                : event.field("To").or(() -> event.field("Called")).orElse(null),
                        event.kind() == CallEvent.Kind.ANNOUNCED);
        return connection.preparedQuery(LOCK).execute(row).replaceWithVoid();
    }

    private static Uni<Void> store(SqlConnection connection, CallEvent event) {
        Tuple row =
                Tuple.of(
                        event.dedupeKey(),
                        event.callSid().map(CallSid::value).orElse(null),
                        event.kind().word(),
                        event.status().orElse(null),
                        new JsonObject(Map.copyOf(event.fields())),
                        event.isOfChildLeg()
                                ? event.parent().map(CallSid::value).orElse(null)
                                : null);
        return connection.preparedQuery(STORE).execute(row).replaceWithVoid();
    }

    /// Once, whatever Twilio repeats; a recording that is there is not made one that is expected.
    private static Uni<Void> keepRecording(
            SqlConnection connection, CallSid callSid, CallEvent event) {
        Optional<String> sid =
                event.field("RecordingSid").filter(text -> text.matches("RE[0-9a-fA-F]{32}"));
        if (event.kind() != CallEvent.Kind.RECORDING || sid.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        String seconds =
                event.field("RecordingDuration").filter(s -> s.matches("[0-9]{1,6}")).orElse("0");
        String state =
                switch (event.status().orElse("")) {
                    case "completed" -> seconds.equals("0") ? "none" : "waiting";
                    case "absent", "failed" -> "none";
                    default -> "expected";
                };
        return connection
                .preparedQuery(RECORDING)
                .execute(Tuple.of(sid.get(), callSid.value(), Integer.valueOf(seconds), state))
                .replaceWithVoid();
    }

    @Override
    public CompletionStage<Optional<Conclusion>> reviewNextDue() {
        return pool.withTransaction(this::reviewNextDue)
                .ifNoItem()
                .after(limit)
                .fail()
                .subscribeAsCompletionStage();
    }

    private Uni<Optional<Conclusion>> reviewNextDue(SqlConnection connection) {
        return connection
                .preparedQuery(NEXT_DUE)
                .execute(Tuple.of(seconds(statusGrace)))
                .chain(rows -> {
                    if (rows.rowCount() == 0) {
                        return Uni.createFrom().item(Optional.empty());
                    }
                    var callSid = new CallSid(rows.iterator().next().getString("call_sid"));
                    return conclusions.conclude(connection, callSid).map(Optional::of);
                });
    }

    @Override
    public CompletionStage<Optional<CallSid>> nextForgotten(Duration after, Duration whileCarried) {
        return pool.preparedQuery(NEXT_FORGOTTEN)
                .execute(Tuple.of(seconds(after), seconds(whileCarried)))
                .map(rows ->
                        rows.rowCount() == 0
                                ? Optional.<CallSid>empty()
                                : CallSid.parse(rows.iterator().next().getString("call_sid")))
                .subscribeAsCompletionStage();
    }

    @Override
    public CompletionStage<Optional<CallSid>> nextWithoutRecording() {
        return pool.query(NEXT_WITHOUT_RECORDING)
                .execute()
                .map(rows ->
                        rows.rowCount() == 0
                                ? Optional.<CallSid>empty()
                                : CallSid.parse(rows.iterator().next().getString("call_sid")))
                .subscribeAsCompletionStage();
    }

    @Override
    public CompletionStage<Void> recordingsKnown(CallSid callSid) {
        return pool.preparedQuery(RECORDINGS_KNOWN)
                .execute(Tuple.of(callSid.value()))
                .replaceWithVoid()
                .subscribeAsCompletionStage();
    }

    @Override
    public CompletionStage<Void> awaitEndOfStream(CallSid callSid, Duration patience) {
        if (patience.isZero()) {
            return CompletableFuture.completedStage(null);
        }
        // A database that hangs must not make a caller wait for the answer's own limit.
        return poll(callSid, patience)
                .ifNoItem()
                .after(patience.multipliedBy(2))
                .recoverWithUni(Uni.createFrom().voidItem())
                .subscribeAsCompletionStage();
    }

    private Uni<Void> poll(CallSid callSid, Duration left) {
        return pool.preparedQuery(HAS_ENDED)
                .execute(Tuple.of(callSid.value()))
                .map(rows -> rows.rowCount() > 0 && rows.iterator().next().getBoolean("ended"))
                .chain(ended ->
                        ended || left.compareTo(POLL) < 0
                                ? Uni.createFrom().voidItem()
                                : Uni.createFrom()
                                        .voidItem()
                                        .onItem()
                                        .delayIt()
                                        .by(POLL)
                                        .chain(() -> poll(callSid, left.minus(POLL))));
    }

    static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
