package org.telephonystack.action.booking.postgres;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;

import org.telephonystack.action.booking.AppointmentStore;
import org.telephonystack.action.booking.Booking;
import org.telephonystack.action.booking.BookingStore;
import org.telephonystack.action.booking.Deadline;
import org.telephonystack.model.tool.ToolResult;

import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/// Appointments of one number in PostgreSQL. Moving one keeps its id; `booking_no_overlap` decides whether it may.
public final class PgAppointmentStore implements AppointmentStore {

    /// All changes of one number wait for each other; nobody waits longer than the model can.
    private static final String BEGIN =
            """
            select set_config('lock_timeout', '1000ms', true), set_config('statement_timeout', '1500ms', true),
                   pg_advisory_xact_lock(hashtextextended('appointments ' || $1, 0))
            """;

    /// Ids may be of any type in a table older than this stack; the number leads to the few rows. Index: bookings_by_number.
    private static final String CANCEL =
            """
            update bookings set status = 'cancelled'
            where id::text = $1 and e164(client_phone) = $2 and status = 'confirmed'
            returning id::text, scheduled_time, service_type
            """;

    private static final String LOCK_RESOURCES =
            "select id from resources where active order by name for no key update";

    /// It stays with its resource where that is free.
    private static final String MOVE =
            """
            with free as (
                select r.id, r.name
                from resources r
                where r.active and not exists (select from bookings other
                                               where other.resource_id = r.id and other.status = 'confirmed'
                                                 and other.id::text <> $1 and other.slot && tstzrange($2, $3, '[)')))
            update bookings b
            set scheduled_time = $2, slot = tstzrange($2, $3, '[)'), ends_at = $4, resource_id = chosen.id
            from (select id from free
                  where (select count(*) from free)
                        > (select count(*) from unplaced_bookings other
                           where other.id <> $1 and other.taken_from < $3 and other.taken_until > $2
                             and other.taken_from > $2 - interval '32 hours')
                  order by id <> coalesce((select resource_id from bookings
                                             where id::text = $1 and e164(client_phone) = $5), id), name
                  limit 1) chosen
            where b.id::text = $1 and e164(b.client_phone) = $5 and b.status = 'confirmed'
            returning b.id::text, b.scheduled_time, b.service_type
            """;

    /// The slot is another appointment's: of somebody who does not take our locks, or of this very call.
    private static final Set<String> TAKEN = Set.of("23P01", "23505");

    private final Pool pool;

    public PgAppointmentStore(Pool pool) {
        this.pool = pool;
    }

    @Override
    public CompletionStage<Done> decide(
            BookingStore.Key key,
            String action,
            Deadline deadline,
            Function<Known, Decision> decide) {
        return pool.withTransaction(connection ->
                        connection
                                .preparedQuery(BEGIN)
                                .execute(Tuple.of(key.caller().e164()))
                                .chain(() ->
                                        StoredAnswer.find(
                                                connection, key.callSid(), key.toolCallId()))
                                .chain(stored ->
                                        stored.map(answer ->
                                                        Uni.createFrom()
                                                                .<Done>item(
                                                                        new Done.Changed(
                                                                                answer, true)))
                                                .orElseGet(() ->
                                                        PgKnownAppointments.read(connection, key)
                                                                .map(decide)
                                                                .chain(decision ->
                                                                        carryOut(
                                                                                connection,
                                                                                key,
                                                                                action,
                                                                                decision))))
                                .invoke(() -> {
                                    if (deadline.hasPassed()) {
                                        throw new IllegalStateException(
                                                "appointment was not changed in time; rolled back");
                                    }
                                }))
                .onFailure(SlotTaken.class)
                .recoverWithItem(taken -> new Done.Unchanged(taken.move.taken()))
                .subscribeAsCompletionStage();
    }

    private static Uni<Done> carryOut(
            SqlConnection connection, BookingStore.Key key, String action, Decision decision) {
        return switch (decision) {
            case Decision.Nothing(var next) -> Uni.createFrom().item(new Done.Unchanged(next));
            case Decision.Cancel(var booking, var answer) ->
                    connection
                            .preparedQuery(CANCEL)
                            .execute(Tuple.of(booking, key.caller().e164()))
                            .map(PgAppointmentStore::theRow)
                            .chain(row -> changed(connection, key, action, answer.apply(row)));
            case Decision.Move move ->
                    connection
                            .query(LOCK_RESOURCES)
                            .execute()
                            .chain(() ->
                                    connection
                                            .preparedQuery(MOVE)
                                            .execute(
                                                    Tuple.of(
                                                            move.booking(),
                                                            BookingRow.utc(move.slot().start()),
                                                            BookingRow.utc(
                                                                    move.slot().blockedUntil()),
                                                            BookingRow.utc(move.slot().end()),
                                                            key.caller().e164())))
                            .onFailure(PgAppointmentStore::isTaken)
                            .transform(_ -> new SlotTaken(move))
                            .invoke(rows -> {
                                if (rows.size() == 0) {
                                    throw new SlotTaken(move);
                                }
                            })
                            .map(PgAppointmentStore::theRow)
                            .chain(row ->
                                    changed(connection, key, action, move.answer().apply(row)));
        };
    }

    private static Uni<Done> changed(
            SqlConnection connection, BookingStore.Key key, String action, ToolResult answer) {
        return StoredAnswer.keep(connection, key.callSid(), key.toolCallId(), action, answer)
                .replaceWith(new Done.Changed(answer, false));
    }

    private static Booking theRow(RowSet<Row> rows) {
        if (rows.size() != 1) {
            throw new IllegalStateException("the appointment is not there any more");
        }
        return BookingRow.read(rows.iterator().next());
    }

    private static boolean isTaken(Throwable failure) {
        return failure instanceof PgException refused && TAKEN.contains(refused.getSqlState());
    }

    /// Ends the transaction without a change; no defect, so without a stack trace.
    private static final class SlotTaken extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Decision.Move move;

        SlotTaken(Decision.Move move) {
            super("slot taken", null, false, false);
            this.move = move;
        }
    }
}
