package org.telephonystack.action.recovery.postgres;

import static org.telephonystack.action.recovery.postgres.Columns.instant;
import static org.telephonystack.action.recovery.postgres.Columns.text;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

import org.telephonystack.action.outcome.CallFacts;
import org.telephonystack.action.outcome.Evidence;
import org.telephonystack.model.CallOutcome;
import org.telephonystack.model.CallSid;
import org.telephonystack.model.EndReason;

import java.util.ArrayList;
import java.util.List;

/// All that is known of a call: its row and what was heard of it.
final class PgCallFacts {

    private static final String CALL =
            """
            select caller, called, announced_at, stream_started_at, stream_ended_at, end_reason, outcome,
                   clock_timestamp() as now,
                   stream_ended_at is null
                       and exists (select from stream_instances i
                                   where i.id = calls.instance_id and i.stopped_at is null
                                     and i.heartbeat_at > clock_timestamp() - interval '5 seconds') as carried
            from calls where call_sid = $1
            """;

    /// What Twilio says of a stream that another one has followed is old news. Of a recording without a second of sound nothing
    /// can be heard. What Twilio told when it was asked happened when Twilio says, not when we asked. Indexes:
    /// call_events_by_call, call_events_by_parent.
    private static final String EVENTS =
            """
            select kind, case when kind = 'recording' and fields ->> 'RecordingDuration' = '0' then 'absent' else status end status,
                   fields ->> 'Direction' as direction, parent_call_sid is not null as of_leg,
                   case when dedupe_key like 'reconciled:%' then (fields ->> 'EndedAt')::timestamptz end reconciled_at,
                   received_at
            from call_events
            where ((call_sid = $1 and parent_call_sid is null) or parent_call_sid = $1)
              and not (kind = 'stream' and exists (select from calls c where c.call_sid = $1
                                                     and c.stream_sid <> fields ->> 'StreamSid'))
            """;

    private PgCallFacts() {}

    /// @param connection in a transaction that holds the lock on the call's row
    static Uni<CallFacts> read(SqlConnection connection, CallSid callSid) {
        return connection
                .preparedQuery(CALL)
                .execute(Tuple.of(callSid.value()))
                .map(rows -> rows.iterator().next())
                .chain(call ->
                        heard(connection, callSid)
                                .map(events -> evidence(callSid, call, events).facts()));
    }

    private static Uni<List<Evidence.Heard>> heard(SqlConnection connection, CallSid callSid) {
        return connection
                .preparedQuery(EVENTS)
                .execute(Tuple.of(callSid.value()))
                .map(rows -> {
                    var events = new ArrayList<Evidence.Heard>();
                    for (Row row : rows) {
                        events.add(
                                new Evidence.Heard(
                                        row.getString("kind"),
                                        text(row, "status"),
                                        text(row, "direction"),
                                        row.getBoolean("of_leg"),
                                        instant(row, "reconciled_at")
                                                .orElseGet(() ->
                                                        row.getOffsetDateTime("received_at")
                                                                .toInstant())));
                    }
                    return events;
                });
    }

    private static Evidence evidence(CallSid callSid, Row call, List<Evidence.Heard> events) {
        return new Evidence(
                callSid,
                text(call, "caller"),
                text(call, "called"),
                instant(call, "announced_at"),
                new CallFacts.Stream(
                        instant(call, "stream_started_at"),
                        instant(call, "stream_ended_at"),
                        EndReason.ofWord(call.getString("end_reason")),
                        call.getBoolean("carried")),
                CallOutcome.ofWord(call.getString("outcome")),
                events,
                call.getOffsetDateTime("now").toInstant());
    }
}
