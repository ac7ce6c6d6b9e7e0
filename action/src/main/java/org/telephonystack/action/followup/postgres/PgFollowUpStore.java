package org.telephonystack.action.followup.postgres;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

import org.telephonystack.action.booking.Deadline;
import org.telephonystack.action.booking.postgres.StoredAnswer;
import org.telephonystack.action.followup.FollowUpStore;
import org.telephonystack.model.CallSid;
import org.telephonystack.model.PhoneNumber;
import org.telephonystack.model.tool.ToolCall;
import org.telephonystack.model.tool.ToolResult;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/// Follow-ups in `tickets`, `messages` and `sms_outbox`.
public final class PgFollowUpStore implements FollowUpStore {

    /// Tool calls of one call (or one number) wait for each other; nobody waits longer than the model can.
    private static final String BEGIN =
            """
            select set_config('lock_timeout', '1000ms', true), set_config('statement_timeout', '1500ms', true),
                   pg_advisory_xact_lock(hashtextextended('follow-up ' || $1, 0))
            """;

    private static final String NEW_CLIENT =
            """
            insert into clients (phone)
            select $1 where not exists (select from clients where phone_e164 = $1)
            on conflict do nothing
            """;

    /// The newest client of a number is who has it, as for whom the assistant greets.
    private static final String OPEN_TICKET =
            """
            insert into tickets (client_id, subject, status)
            select c.id, $2, 'open' from clients c where c.phone_e164 = $1
            order by to_jsonb(c) ->> 'created_at' desc nulls last, c.ctid desc limit 1
            returning id::text
            """;

    private static final String NOTE_MESSAGE =
            "insert into messages (call_sid, caller, body) values ($1, $2, $3)";

    /// No row: refused. Of a second request in one call, or on one day without a call, the first text's row comes back, whatever has
    /// become of it.
    private static final String QUEUE_TEXT =
            """
            with this as (
                select 'booking_link:' || coalesce($1, $2 || ':' || (now() at time zone 'UTC')::date) as dedupe_key)
            insert into sms_outbox (dedupe_key, call_sid, recipient, body, valid_until)
            select this.dedupe_key, $1, $2, $3, now() + interval '1 hour'
            from this
            where exists (select from sms_outbox o where o.dedupe_key = this.dedupe_key)
               or not exists (select from sms_opt_outs
                              where phone = $2 and (expires_at is null or expires_at > now()))
              and (select count(*) from sms_outbox
                   where recipient = $2 and state not in ('skipped', 'failed')
                     and created_at > now() - interval '1 day') < $4
            on conflict (dedupe_key) do update set dedupe_key = excluded.dedupe_key
            returning state
            """;

    private static final Set<String> NOT_SENT = Set.of("failed", "skipped");

    private final Pool pool;
    private final int textsADay;

    /// @param textsADay the most one number gets, of whatever kind
    public PgFollowUpStore(Pool pool, int textsADay) {
        this.textsADay = textsADay;
        this.pool = pool;
    }

    @Override
    public CompletionStage<ToolResult> openTicket(
            ToolCall call,
            PhoneNumber caller,
            String subject,
            Deadline deadline,
            Function<String, ToolResult> answer) {
        return once(
                call,
                caller.e164(),
                deadline,
                connection ->
                        connection
                                .preparedQuery(NEW_CLIENT)
                                .execute(Tuple.of(caller.e164()))
                                .chain(() ->
                                        connection
                                                .preparedQuery(OPEN_TICKET)
                                                .execute(Tuple.of(caller.e164(), subject)))
                                .map(rows -> answer.apply(rows.iterator().next().getString(0))));
    }

    @Override
    public CompletionStage<ToolResult> noteMessage(
            ToolCall call,
            Optional<PhoneNumber> caller,
            String message,
            Deadline deadline,
            ToolResult answer) {
        String number = caller.map(PhoneNumber::e164).orElse(null);
        return once(
                call,
                caller.map(PhoneNumber::e164).orElse(callSid(call)),
                deadline,
                connection ->
                        connection
                                .preparedQuery(NOTE_MESSAGE)
                                .execute(Tuple.of(callSid(call), number, message))
                                .replaceWith(answer));
    }

    @Override
    public CompletionStage<ToolResult> queueBookingLink(
            ToolCall call,
            PhoneNumber to,
            String body,
            Deadline deadline,
            ToolResult queued,
            ToolResult refused) {
        String sid = callSid(call);
        return once(
                call,
                to.e164(),
                deadline,
                connection ->
                        connection
                                .preparedQuery(QUEUE_TEXT)
                                .execute(
                                        Tuple.of(
                                                sid.isEmpty() ? null : sid,
                                                to.e164(),
                                                body,
                                                textsADay))
                                .map(rows ->
                                        rows.size() == 0
                                                        || NOT_SENT.contains(
                                                                rows.iterator()
                                                                        .next()
                                                                        .getString("state"))
                                                ? refused
                                                : queued));
    }

    private CompletionStage<ToolResult> once(
            ToolCall call,
            String owner,
            Deadline deadline,
            Function<SqlConnection, Uni<ToolResult>> effect) {
        return pool.withTransaction(connection ->
                        connection
                                .preparedQuery(BEGIN)
                                .execute(Tuple.of(owner))
                                .chain(() ->
                                        StoredAnswer.find(
                                                connection, call.callSid(), call.toolCallId()))
                                .chain(stored ->
                                        stored.map(answer -> Uni.createFrom().item(answer))
                                                .orElseGet(() ->
                                                        effect.apply(connection)
                                                                .call(answer ->
                                                                        StoredAnswer.keep(
                                                                                connection,
                                                                                call.callSid(),
                                                                                call.toolCallId(),
                                                                                call.action(),
                                                                                answer))))
                                .invoke(() -> {
                                    if (deadline.hasPassed()) {
                                        throw new IllegalStateException(
                                                "follow-up was not stored in time; rolled back");
                                    }
                                }))
                .subscribeAsCompletionStage();
    }

    private static String callSid(ToolCall call) {
        return call.callSid().map(CallSid::value).orElse("");
    }
}
