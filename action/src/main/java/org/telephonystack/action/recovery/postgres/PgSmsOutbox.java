package org.telephonystack.action.recovery.postgres;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;

import org.telephonystack.action.outcome.OutcomeRule;
import org.telephonystack.action.recovery.OutboxText;
import org.telephonystack.action.recovery.SmsOutbox;
import org.telephonystack.action.sms.DeliveryStatus;
import org.telephonystack.action.sms.postgres.PgOptOuts;
import org.telephonystack.model.CallOutcome;
import org.telephonystack.model.CallSid;
import org.telephonystack.model.EndReason;

import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/// The outbox in PostgreSQL. All times are the database's; `attempts` is the fence of a claim.
public final class PgSmsOutbox implements SmsOutbox {

    /// A `sending` whose lease ran out belongs to a process that died with it: nobody knows how far it came. A text that must be
    /// looked up waits for any other of its recipient that is on its way: their words may be the same. Indexes: sms_outbox_due,
    /// sms_outbox_by_recipient.
    private static final String CLAIM =
            """
            with due as (
                select id, state from sms_outbox waiting
                where (state in ('pending', 'unknown') and next_attempt_at <= now()
                       or state = 'sending' and lease_until <= now())
                  and (state = 'pending'
                       or not exists (select from sms_outbox busy
                                      where busy.recipient = waiting.recipient and busy.state = 'sending'
                                        and busy.lease_until > now()))
                order by next_attempt_at
                limit 1
                for update skip locked)
            update sms_outbox claimed
            set state = 'sending', attempts = claimed.attempts + 1,
                lease_until = now() + make_interval(secs => $1)
            from due where claimed.id = due.id
            returning claimed.id, claimed.call_sid, claimed.recipient, claimed.body, claimed.attempts,
                claimed.created_at, due.state <> 'pending' as look_up_first,
                coalesce(claimed.valid_until <= now(), false) as expired,
                exists (select from sms_opt_outs where phone = claimed.recipient
                          and (expires_at is null or expires_at > now())) as opted_out,
                case when claimed.dedupe_key like 'recovery:%' then
                    (select outcome from calls c where c.call_sid = claimed.call_sid) end as lost_as,
                (select end_reason from calls c where c.call_sid = claimed.call_sid
                   and c.outcome_reason is distinct from $2
                   and c.end_reason in ('assistant_ended', 'caller_hung_up', 'caller_silent', 'transfer', 'voicemail')) as meant,
                array(select other.message_sid from sms_outbox other
                      where other.recipient = claimed.recipient and other.message_sid is not null) as known_sids
            """;

    /// Reports may have come before the answer to our request: the furthest of them counts, as if it had come now. Whoever holds
    /// this lock sees all of them, or is seen by the next.
    private static final String LOCK_MESSAGE =
            "select pg_advisory_xact_lock(hashtextextended('message ' || $1, 0))";

    private static final String SENT =
            """
            with report as (
                select status, fields ->> 'ErrorCode' as code
                from call_events
                join unnest($4::text[]) with ordinality as rank (word, place) on word = status
                where dedupe_key = 'message:' || $3 || ':' || word
                order by place desc limit 1)
            update sms_outbox
            set state = 'sent', message_sid = $3, sent_at = now(), lease_until = null, error_reason = null,
                delivery_status = (select status from report),
                error_code = (select code::integer from report where code ~ '^[0-9]{1,6}$')
            where id = $1 and attempts = $2 and state = 'sending'
            returning delivery_status, error_code
            """;

    private static final String OVER =
            """
            update sms_outbox set state = $3, error_code = $4, error_reason = $5, lease_until = null
            where id = $1 and attempts = $2 and state = 'sending'
            """;

    private static final String ENDED_WELL =
            """
            with over as (
                update sms_outbox set state = 'skipped', error_reason = 'ended_well', lease_until = null
                where id = $1 and attempts = $2 and state = 'sending'
                returning call_sid)
            update calls set outcome = $3, outcome_reason = $4, updated_at = now()
            from over where calls.call_sid = over.call_sid
            """;

    private static final String AGAIN =
            """
            update sms_outbox
            set state = $3, error_reason = $4, next_attempt_at = now() + make_interval(secs => $5), lease_until = null
            where id = $1 and attempts = $2 and state = 'sending'
            """;

    /// Index: sms_outbox_message_once.
    private static final String DELIVERY =
            """
            update sms_outbox set delivery_status = $2, error_code = coalesce($3, error_code)
            where message_sid = $1
              and coalesce(array_position($4::text[], delivery_status), 0) < coalesce(array_position($4::text[], $2), 0)
            returning recipient, call_sid
            """;

    private static final String UNIQUE_VIOLATION = "23505";

    private static final String[] RANKS = DeliveryStatus.RANKS.toArray(String[]::new);

    private final Pool pool;
    private final Duration lease;
    private final Duration unreachableFor;

    /// @param lease longer than the provider may take to answer
    /// @param unreachableFor how long a number that could not be reached gets no text
    public PgSmsOutbox(Pool pool, Duration lease, Duration unreachableFor) {
        this.unreachableFor = unreachableFor;
        this.pool = pool;
        this.lease = lease;
    }

    @Override
    public CompletionStage<Optional<OutboxText>> claim() {
        return pool.preparedQuery(CLAIM)
                .execute(Tuple.of(PgCallLedger.seconds(lease), OutcomeRule.NOT_CARRIED_OUT))
                .map(rows ->
                        rows.rowCount() == 0
                                ? Optional.<OutboxText>empty()
                                : Optional.of(text(rows.iterator().next())))
                .subscribeAsCompletionStage();
    }

    private static OutboxText text(Row row) {
        return new OutboxText(
                row.getUUID("id"),
                CallSid.parse(row.getString("call_sid")),
                row.getString("recipient"),
                row.getString("body"),
                row.getInteger("attempts"),
                row.getBoolean("look_up_first"),
                row.getBoolean("expired"),
                row.getBoolean("opted_out"),
                CallOutcome.ofWord(row.getString("lost_as"))
                        .map(outcome ->
                                new OutboxText.Loss(
                                        outcome, EndReason.ofWord(row.getString("meant")))),
                row.getOffsetDateTime("created_at").toInstant(),
                Set.copyOf(Arrays.asList(row.getArrayOfStrings("known_sids"))));
    }

    /// Two claims at the same time do not see each other; what decides is `sms_outbox_message_once`.
    @Override
    public CompletionStage<Boolean> sent(OutboxText text, String messageSid) {
        return pool.withTransaction(connection -> sent(connection, text, messageSid))
                .replaceWith(true)
                .onFailure(PgSmsOutbox::isTaken)
                .recoverWithUni(() ->
                        pool.preparedQuery(AGAIN)
                                .execute(
                                        againRow(
                                                text, "unknown", "taken_by_another", Duration.ZERO))
                                .replaceWith(false))
                .subscribeAsCompletionStage();
    }

    private Uni<Void> sent(SqlConnection connection, OutboxText text, String messageSid) {
        return connection
                .preparedQuery(LOCK_MESSAGE)
                .execute(Tuple.of(messageSid))
                .chain(() ->
                        connection
                                .preparedQuery(SENT)
                                .execute(Tuple.of(text.id(), text.attempts(), messageSid, RANKS)))
                .chain(rows -> {
                    if (rows.rowCount() == 0) {
                        return Uni.createFrom().voidItem();
                    }
                    Row row = rows.iterator().next();
                    return learn(
                            connection,
                            text.recipient(),
                            new DeliveryStatus(
                                    messageSid,
                                    Objects.requireNonNullElse(
                                            row.getString("delivery_status"), ""),
                                    Optional.ofNullable(row.getInteger("error_code"))));
                });
    }

    private Uni<Void> learn(SqlConnection connection, String recipient, DeliveryStatus report) {
        String reason = "code_" + report.code().orElse(0);
        return switch (report.lesson()) {
            case NONE -> Uni.createFrom().voidItem();
            case NOT_FOR_A_WHILE -> PgOptOuts.addFor(connection, recipient, reason, unreachableFor);
            case NEVER_AGAIN -> PgOptOuts.add(connection, recipient, reason);
        };
    }

    private static boolean isTaken(Throwable failure) {
        return failure instanceof PgException refusal
                && UNIQUE_VIOLATION.equals(refusal.getSqlState());
    }

    @Override
    public CompletionStage<Void> endedWell(OutboxText text, CallOutcome outcome, EndReason end) {
        return execute(
                ENDED_WELL, Tuple.of(text.id(), text.attempts(), outcome.word(), end.word()));
    }

    @Override
    public CompletionStage<Void> failed(OutboxText text, Optional<Integer> code, String reason) {
        return execute(
                OVER, Tuple.of(text.id(), text.attempts(), "failed", code.orElse(null), reason));
    }

    @Override
    public CompletionStage<Void> skipped(OutboxText text, String reason) {
        return execute(OVER, Tuple.of(text.id(), text.attempts(), "skipped", null, reason));
    }

    @Override
    public CompletionStage<Void> unknown(OutboxText text, String why, Duration lookUpAfter) {
        return again(text, "unknown", why, lookUpAfter);
    }

    @Override
    public CompletionStage<Void> later(OutboxText text, String why, Duration after) {
        return again(text, "pending", why, after);
    }

    private CompletionStage<Void> again(OutboxText text, String state, String why, Duration after) {
        return execute(AGAIN, againRow(text, state, why, after));
    }

    private static Tuple againRow(OutboxText text, String state, String why, Duration after) {
        return Tuple.of(text.id(), text.attempts(), state, why, PgCallLedger.seconds(after));
    }

    @Override
    public CompletionStage<Optional<Delivered>> delivery(DeliveryStatus report) {
        return pool.withTransaction(connection ->
                        connection
                                .preparedQuery(LOCK_MESSAGE)
                                .execute(Tuple.of(report.messageSid()))
                                .chain(() -> moved(connection, report))
                                .call(delivered ->
                                        delivered
                                                .map(one ->
                                                        learn(connection, one.recipient(), report))
                                                .orElseGet(() -> Uni.createFrom().voidItem())))
                .subscribeAsCompletionStage();
    }

    private static Uni<Optional<Delivered>> moved(SqlConnection connection, DeliveryStatus report) {
        return connection
                .preparedQuery(DELIVERY)
                .execute(
                        Tuple.of(
                                report.messageSid(),
                                report.status(),
                                report.code().orElse(null),
                                RANKS))
                .map(rows ->
                        rows.rowCount() == 0
                                ? Optional.<Delivered>empty()
                                : Optional.of(delivered(rows.iterator().next())));
    }

    private static Delivered delivered(Row row) {
        return new Delivered(row.getString("recipient"), CallSid.parse(row.getString("call_sid")));
    }

    private CompletionStage<Void> execute(String sql, Tuple parameters) {
        Uni<Void> done = pool.preparedQuery(sql).execute(parameters).replaceWithVoid();
        return done.subscribeAsCompletionStage();
    }
}
