package org.telephonystack.action.recovery.postgres;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

import org.jspecify.annotations.Nullable;
import org.telephonystack.action.outcome.CallFacts;
import org.telephonystack.action.outcome.Evidence;
import org.telephonystack.action.outcome.OutcomeRule;
import org.telephonystack.action.outcome.Verdict;
import org.telephonystack.action.recovery.Business;
import org.telephonystack.action.recovery.Conclusion;
import org.telephonystack.action.recovery.Conclusion.QueuedText;
import org.telephonystack.action.recovery.RecoveryPolicy;
import org.telephonystack.model.CallOutcome;
import org.telephonystack.model.CallSid;
import org.telephonystack.model.EndReason;
import org.telephonystack.model.PhoneNumber;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads what is known of a locked call, lets the rule decide, and writes what it came to: the outcome and the recovery text
/// in one transaction.
public final class PgConclusion {

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

    /// What Twilio says of a stream that another one has followed is old news. Of a recording without a second of sound nothing can be heard. What Twilio told when it was asked happened when Twilio
    /// says, not when we asked. Indexes: call_events_by_call, call_events_by_parent.
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

    private static final String BUSINESS =
            "select name, language, time_zone, transfer_number from business";

    /// Of an appointment only what is true now: booked is what stands in the database still, and what was offered before
    /// something was cancelled is old news. Indexes: sms_outbox_by_recipient, the keys.
    private static final String RECIPIENT =
            """
            select exists (select from sms_opt_outs
                           where phone = $1 and (expires_at is null or expires_at > now()))
                       or exists (select from blocked_callers where phone = $1) as opted_out,
                   exists (select from sms_outbox where recipient = $1 and state = 'sent') as texted,
                   (select count(*) from sms_outbox where recipient = $1 and state not in ('skipped', 'failed')
                      and created_at > now() - interval '1 day') as texts_today,
                   appointment.slot, appointment.booked
            from (values (1)) one
            left join (select answer ->> 'slot' as slot,
                              action <> 'check_schedule' and outcome = 'success' as booked
                       from tool_calls said
                       where call_sid = $2 and answer ->> 'slot' is not null
                         and action in ('check_schedule', 'create_booking', 'reschedule_booking')
                         and case when action <> 'check_schedule' and outcome = 'success'
                             then exists (select from bookings b
                                          where b.id::text = said.answer ->> 'booking_id' and b.status = 'confirmed')
                             else not exists (select from tool_calls later
                                              where later.call_sid = $2 and later.at > said.at
                                                and later.action = 'cancel_booking' and later.outcome = 'success') end
                       order by at desc limit 1) appointment on true
            """;

    private static final String CONCLUDE =
            """
            update calls set outcome = $2, outcome_reason = $3, outcome_at = now(), review_at = null, updated_at = now()
            where call_sid = $1
            """;

    private static final String LOOK_AGAIN =
            "update calls set review_at = clock_timestamp() + make_interval(secs => $2) where call_sid = $1";

    private static final String QUEUE =
            """
            insert into sms_outbox (dedupe_key, call_sid, recipient, body, state, error_reason, valid_until, next_attempt_at)
            values ($1, $2, $3, $4, $5, $6, now() + make_interval(secs => $7), now() + make_interval(secs => $8))
            on conflict (dedupe_key) do nothing
            """;

    private static final String QUEUED =
            "select recipient, state, error_reason from sms_outbox where dedupe_key = $1";

    private final OutcomeRule rule;
    private final RecoveryPolicy policy;
    private final Duration textDelay;

    /// @param textDelay how long a text waits for a stream whose books are late after all
    public PgConclusion(OutcomeRule rule, RecoveryPolicy policy, Duration textDelay) {
        this.rule = rule;
        this.policy = policy;
        this.textDelay = textDelay;
    }

    /// @param connection in a transaction that holds the lock on the call's row
    Uni<Conclusion> conclude(SqlConnection connection, CallSid callSid) {
        return facts(connection, callSid)
                .chain(facts ->
                        business(connection)
                                .chain(business -> conclude(connection, facts, business)));
    }

    private Uni<Conclusion> conclude(SqlConnection connection, CallFacts facts, Business business) {
        Verdict verdict = facts.recorded().isPresent() ? new Verdict.Open() : rule.decide(facts);
        Uni<Optional<Verdict.Final>> written =
                switch (verdict) {
                    case Verdict.Final end ->
                            write(connection, facts, business, end).replaceWith(Optional.of(end));
                    case Verdict.LookAgain(Duration after) ->
                            execute(
                                            connection,
                                            LOOK_AGAIN,
                                            Tuple.of(
                                                    facts.callSid().value(),
                                                    PgCallLedger.seconds(after)))
                                    .replaceWith(Optional.empty());
                    case Verdict.Open() -> Uni.createFrom().item(Optional.empty());
                };
        return written.chain(concluded ->
                queued(connection, facts.callSid())
                        .map(text -> new Conclusion(facts, business, concluded, text)));
    }

    private Uni<Void> write(
            SqlConnection connection, CallFacts facts, Business business, Verdict.Final end) {
        Uni<Void> outcome =
                execute(
                        connection,
                        CONCLUDE,
                        Tuple.of(facts.callSid().value(), end.outcome().word(), end.reason()));
        return end.deservesText()
                ? outcome.chain(() -> recipient(connection, facts))
                        .chain(recipient ->
                                queue(
                                        connection,
                                        facts.callSid(),
                                        policy.decide(facts, recipient, business, end.outcome())))
                : outcome;
    }

    private Uni<Void> queue(
            SqlConnection connection, CallSid callSid, RecoveryPolicy.Decision decision) {
        Tuple row = Tuple.tuple().addString(dedupeKey(callSid)).addString(callSid.value());
        switch (decision) {
            case RecoveryPolicy.Decision.Text(PhoneNumber to, String body) ->
                    row.addString(to.e164()).addString(body).addString("pending").addString(null);
            case RecoveryPolicy.Decision.Skip(String caller, var why) ->
                    row.addString(caller).addString("").addString("skipped").addString(why.word());
        }
        return execute(
                connection,
                QUEUE,
                row.addDouble(PgCallLedger.seconds(policy.validity()))
                        .addDouble(PgCallLedger.seconds(textDelay)));
    }

    private static Uni<CallFacts> facts(SqlConnection connection, CallSid callSid) {
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

    private static Uni<Business> business(SqlConnection connection) {
        return connection
                .query(BUSINESS)
                .execute()
                .map(rows -> {
                    if (rows.rowCount() == 0) {
                        return Business.UNNAMED;
                    }
                    Row row = rows.iterator().next();
                    return new Business(
                            text(row, "name"),
                            row.getString("language"),
                            PhoneNumber.parse(row.getString("transfer_number")),
                            ZoneId.of(row.getString("time_zone")));
                });
    }

    private static Uni<RecoveryPolicy.Recipient> recipient(
            SqlConnection connection, CallFacts facts) {
        return connection
                .preparedQuery(RECIPIENT)
                .execute(Tuple.of(facts.caller().orElse(""), facts.callSid().value()))
                .map(rows -> rows.iterator().next())
                .map(row ->
                        new RecoveryPolicy.Recipient(
                                row.getBoolean("opted_out"),
                                row.getBoolean("texted"),
                                row.getLong("texts_today").intValue(),
                                appointment(row)));
    }

    private static Optional<RecoveryPolicy.Appointment> appointment(Row row) {
        return text(row, "slot")
                .flatMap(PgConclusion::moment)
                .map(slot -> new RecoveryPolicy.Appointment(slot, row.getBoolean("booked")));
    }

    private static Optional<Instant> moment(String iso) {
        try {
            return Optional.of(OffsetDateTime.parse(iso).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Uni<Optional<QueuedText>> queued(SqlConnection connection, CallSid callSid) {
        return connection
                .preparedQuery(QUEUED)
                .execute(Tuple.of(dedupeKey(callSid)))
                .map(rows -> {
                    if (rows.rowCount() == 0) {
                        return Optional.empty();
                    }
                    Row row = rows.iterator().next();
                    return Optional.of(
                            new QueuedText(
                                    row.getString("recipient"),
                                    row.getString("state"),
                                    text(row, "error_reason")));
                });
    }

    private static Uni<Void> execute(SqlConnection connection, String sql, Tuple parameters) {
        return connection.preparedQuery(sql).execute(parameters).replaceWithVoid();
    }

    private static String dedupeKey(CallSid callSid) {
        return "recovery:" + callSid.value();
    }

    private static Optional<String> text(Row row, String column) {
        return Optional.ofNullable(row.getString(column)).filter(value -> !value.isEmpty());
    }

    private static Optional<Instant> instant(Row row, String column) {
        @Nullable OffsetDateTime at = row.getOffsetDateTime(column);
        return Optional.ofNullable(at).map(OffsetDateTime::toInstant);
    }
}
