package org.telephonystack.action.recovery.postgres;

import static org.telephonystack.action.recovery.postgres.Columns.text;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

import org.telephonystack.action.outcome.CallFacts;
import org.telephonystack.action.outcome.Verdict;
import org.telephonystack.action.recovery.Business;
import org.telephonystack.action.recovery.Conclusion.QueuedText;
import org.telephonystack.action.recovery.RecoveryPolicy;
import org.telephonystack.model.CallSid;
import org.telephonystack.model.PhoneNumber;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Optional;

/// The text to a lost caller: what is known of who would get it, and its row in the outbox.
final class PgRecoveryTexts {

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

    /// Two calls of one number that are lost at once do not both get its last text of the day; nor do one and a link that is
    /// asked for in another (`PgFollowUpStore` takes the same lock).
    private static final String LOCK_NUMBER =
            "select pg_advisory_xact_lock(hashtextextended('follow-up ' || $1, 0))";

    private static final String QUEUE =
            """
            insert into sms_outbox (dedupe_key, call_sid, recipient, body, state, error_reason, valid_until, next_attempt_at)
            values ($1, $2, $3, $4, $5, $6, now() + make_interval(secs => $7), now() + make_interval(secs => $8))
            on conflict (dedupe_key) do nothing
            """;

    private static final String QUEUED =
            "select recipient, state, error_reason from sms_outbox where dedupe_key = $1";

    private final RecoveryPolicy policy;
    private final Duration delay;

    PgRecoveryTexts(RecoveryPolicy policy, Duration delay) {
        this.policy = policy;
        this.delay = delay;
    }

    /// Queues it, or writes down why there is none.
    Uni<Void> queue(
            SqlConnection connection, CallFacts facts, Business business, Verdict.Final end) {
        return connection
                .preparedQuery(LOCK_NUMBER)
                .execute(Tuple.of(owner(facts)))
                .chain(() -> recipient(connection, facts))
                .chain(recipient ->
                        queue(
                                connection,
                                facts.callSid(),
                                policy.decide(facts, recipient, business, end.outcome())));
    }

    /// Withheld numbers are not one caller: those do not wait for each other.
    private static String owner(CallFacts facts) {
        return PhoneNumber.parse(facts.caller().orElse(null))
                .map(PhoneNumber::e164)
                .orElse(facts.callSid().value());
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
        return connection
                .preparedQuery(QUEUE)
                .execute(
                        row.addDouble(PgCallLedger.seconds(policy.validity()))
                                .addDouble(PgCallLedger.seconds(delay)))
                .replaceWithVoid();
    }

    static Uni<Business> business(SqlConnection connection) {
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
                .flatMap(PgRecoveryTexts::moment)
                .map(slot -> new RecoveryPolicy.Appointment(slot, row.getBoolean("booked")));
    }

    private static Optional<Instant> moment(String iso) {
        try {
            return Optional.of(OffsetDateTime.parse(iso).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    static Uni<Optional<QueuedText>> queued(SqlConnection connection, CallSid callSid) {
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

    private static String dedupeKey(CallSid callSid) {
        return "recovery:" + callSid.value();
    }
}
