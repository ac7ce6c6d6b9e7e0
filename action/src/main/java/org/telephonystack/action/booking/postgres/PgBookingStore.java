package org.telephonystack.action.booking.postgres;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;

import org.telephonystack.action.booking.Booking;
import org.telephonystack.action.booking.BookingStore;
import org.telephonystack.action.booking.Diary;
import org.telephonystack.action.booking.Slot;
import org.telephonystack.model.CallSid;
import org.telephonystack.model.tool.ToolResult;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/// Bookings in PostgreSQL. What makes a double booking impossible is the constraint `booking_no_overlap`; the row locks on
/// the resources only keep two who book at once from running into a deadlock over it.
public final class PgBookingStore implements BookingStore {

    /// Two tool calls of one call (or one number) wait for each other; nobody waits longer than the model can.
    private static final String BEGIN =
            """
            select set_config('lock_timeout', '1000ms', true), set_config('statement_timeout', '1500ms', true),
                   pg_advisory_xact_lock(hashtextextended($1, 0))
            """;

    private static final String BOOKED_BY_CALL =
            """
            select id::text, scheduled_time, service_type from bookings
            where call_sid = $1 and scheduled_time = $2 and status = 'confirmed'
            """;

    private static final String BOOKED_BY_NUMBER =
            """
            select id::text, scheduled_time, service_type from bookings
            where client_phone = $1 and scheduled_time = $2 and status = 'confirmed' and call_sid is null
            """;

    private static final String LOCK_RESOURCES =
            "select id from resources where active order by name for no key update";

    /// What takes somebody's time without a range began at most 32 hours before (V002 bounds a service and its buffer): that keeps
    /// the bookings of former years out of it.
    private static final String BOOK =
            """
            with free as (
                select r.id, r.name
                from resources r
                where r.active and not exists (select from bookings b
                                               where b.resource_id = r.id and b.status = 'confirmed'
                                                 and b.slot && tstzrange($2, $4, '[)')))
            insert into bookings (client_phone, scheduled_time, service_type, status, resource_id, slot, ends_at, call_sid)
            select $1, $2, $3, 'confirmed', free.id, tstzrange($2, $4, '[)'), $5, $6
            from free
            where (select count(*) from free)
                  > (select count(*) from unplaced_bookings
                     where taken_from < $4 and taken_until > $2 and taken_from > $2 - interval '32 hours')
            order by free.name
            limit 1
            returning id::text, scheduled_time, service_type
            """;

    private static final String OVERLAP = "23P01";

    /// Somebody who does not take our locks was faster: the next try sees that row and takes another resource.
    private static final int TRIES = 3;

    private final Pool pool;

    public PgBookingStore(Pool pool) {
        this.pool = pool;
    }

    @Override
    public CompletionStage<Diary> diary(Instant from, Instant until) {
        return PgDiary.read(pool, from, until).subscribeAsCompletionStage();
    }

    @Override
    public CompletionStage<Optional<ToolResult>> earlierAnswer(
            Key key, Instant start, Function<Booking, ToolResult> answer) {
        return earlier(pool, key, start, answer).subscribeAsCompletionStage();
    }

    @Override
    public CompletionStage<Booked> book(Order order, Function<Booking, ToolResult> answer) {
        return pool.withTransaction(connection -> book(connection, order, answer))
                .onFailure(PgBookingStore::isOverlap)
                .retry()
                .atMost(TRIES - 1L)
                .onFailure(PgBookingStore::isOverlap)
                .recoverWithItem(new Booked.SlotTaken())
                .subscribeAsCompletionStage();
    }

    private static Uni<Booked> book(
            SqlConnection connection, Order order, Function<Booking, ToolResult> answer) {
        Key key = order.key();
        String owner = key.callSid().map(CallSid::value).orElse(key.caller().e164());
        return connection
                .preparedQuery(BEGIN)
                .execute(Tuple.of(owner))
                .chain(() -> earlier(connection, key, order.slot().start(), answer))
                .chain(earlier ->
                        earlier.isPresent()
                                ? Uni.createFrom().<Booked>item(new Booked.Repeated(earlier.get()))
                                : insert(connection, order, answer))
                .invoke(() -> {
                    if (order.deadline().hasPassed()) {
                        throw new IllegalStateException(
                                "booking was not stored in time; rolled back");
                    }
                });
    }

    private static Uni<Booked> insert(
            SqlConnection connection, Order order, Function<Booking, ToolResult> answer) {
        Slot slot = order.slot();
        Tuple values = Tuple.tuple();
        values.addString(order.key().caller().e164())
                .addOffsetDateTime(BookingRow.utc(slot.start()))
                .addString(order.service())
                .addOffsetDateTime(BookingRow.utc(slot.blockedUntil()))
                .addOffsetDateTime(BookingRow.utc(slot.end()))
                .addValue(order.key().callSid().map(CallSid::value).orElse(null));
        return connection
                .query(LOCK_RESOURCES)
                .execute()
                .chain(() -> connection.preparedQuery(BOOK).execute(values))
                .chain(rows -> {
                    if (rows.size() == 0) {
                        return Uni.createFrom().<Booked>item(new Booked.SlotTaken());
                    }
                    ToolResult made = answer.apply(BookingRow.read(rows.iterator().next()));
                    return StoredAnswer.keep(
                                    connection,
                                    order.key().callSid(),
                                    order.key().toolCallId(),
                                    "create_booking",
                                    made)
                            .replaceWith(new Booked.New(made));
                });
    }

    private static Uni<Optional<ToolResult>> earlier(
            SqlClient client, Key key, Instant start, Function<Booking, ToolResult> answer) {
        return StoredAnswer.find(client, key.callSid(), key.toolCallId())
                .chain(stored ->
                        stored.isPresent()
                                ? Uni.createFrom().item(stored)
                                : earlierBooking(client, key, start)
                                        .map(booking -> booking.map(answer)));
    }

    private static Uni<Optional<Booking>> earlierBooking(SqlClient client, Key key, Instant start) {
        String sql = key.callSid().isPresent() ? BOOKED_BY_CALL : BOOKED_BY_NUMBER;
        String owner = key.callSid().map(CallSid::value).orElse(key.caller().e164());
        return client.preparedQuery(sql)
                .execute(Tuple.of(owner, BookingRow.utc(start)))
                .map(rows ->
                        rows.size() == 0
                                ? Optional.<Booking>empty()
                                : Optional.of(BookingRow.read(rows.iterator().next())));
    }

    private static boolean isOverlap(Throwable failure) {
        return failure instanceof PgException refused && OVERLAP.equals(refused.getSqlState());
    }
}
