package org.telephonystack.action.booking.postgres;

import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
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
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/// Bookings in PostgreSQL. What makes a double booking impossible is the constraint `booking_no_overlap`; the row locks on
/// the resources only keep two who book at once from running into a deadlock over it.
public final class PgBookingStore implements BookingStore {

    /// A resource without any booking has one row, with nulls for its time; a booking without a resource has no id.
    private static final String DIARY =
            """
            select r.id, lower(b.slot) taken_from, upper(b.slot) taken_until
            from resources r
            left join bookings b on b.resource_id = r.id and b.status = 'confirmed' and b.slot && tstzrange($1, $2)
            where r.active
            union all
            select null, taken_from, taken_until from unplaced_bookings where taken_from < $2 and taken_until > $1
            """;

    /// Two tool calls of one call (or one number) wait for each other; nobody waits longer than the model can.
    private static final String BEGIN =
            """
            select set_config('lock_timeout', '1000ms', true), set_config('statement_timeout', '1500ms', true),
                   pg_advisory_xact_lock(hashtextextended($1, 0))
            """;

    private static final String STORED_ANSWER =
            "select outcome, answer from tool_calls where call_sid = $1 and tool_call_id = $2";

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
                  > (select count(*) from unplaced_bookings where taken_from < $4 and taken_until > $2)
            order by free.name
            limit 1
            returning id::text, scheduled_time, service_type
            """;

    private static final String STORE_ANSWER =
            """
            insert into tool_calls (call_sid, tool_call_id, action, outcome, answer)
            values ($1, $2, 'create_booking', $3, $4)
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
        return pool.preparedQuery(DIARY)
                .execute(Tuple.of(utc(from), utc(until)))
                .map(PgBookingStore::diary)
                .subscribeAsCompletionStage();
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
                .addOffsetDateTime(utc(slot.start()))
                .addString(order.service())
                .addOffsetDateTime(utc(slot.blockedUntil()))
                .addOffsetDateTime(utc(slot.end()))
                .addValue(order.key().callSid().map(CallSid::value).orElse(null));
        return connection
                .query(LOCK_RESOURCES)
                .execute()
                .chain(() -> connection.preparedQuery(BOOK).execute(values))
                .chain(rows -> {
                    if (rows.size() == 0) {
                        return Uni.createFrom().<Booked>item(new Booked.SlotTaken());
                    }
                    ToolResult made = answer.apply(booking(rows.iterator().next()));
                    return storeAnswer(connection, order.key(), made)
                            .replaceWith(new Booked.New(made));
                });
    }

    private static Uni<Void> storeAnswer(SqlConnection connection, Key key, ToolResult answer) {
        if (key.callSid().isEmpty() || key.toolCallId().isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return connection
                .preparedQuery(STORE_ANSWER)
                .execute(
                        Tuple.of(
                                key.callSid().get().value(),
                                key.toolCallId().get(),
                                StoredAnswer.outcome(answer),
                                StoredAnswer.json(answer)))
                .replaceWithVoid();
    }

    private static Uni<Optional<ToolResult>> earlier(
            SqlClient client, Key key, Instant start, Function<Booking, ToolResult> answer) {
        return storedAnswer(client, key)
                .chain(stored ->
                        stored.isPresent()
                                ? Uni.createFrom().item(stored)
                                : earlierBooking(client, key, start)
                                        .map(booking -> booking.map(answer)));
    }

    private static Uni<Optional<ToolResult>> storedAnswer(SqlClient client, Key key) {
        if (key.callSid().isEmpty() || key.toolCallId().isEmpty()) {
            return Uni.createFrom().item(Optional.empty());
        }
        return client.preparedQuery(STORED_ANSWER)
                .execute(Tuple.of(key.callSid().get().value(), key.toolCallId().get()))
                .map(rows ->
                        rows.size() == 0
                                ? Optional.<ToolResult>empty()
                                : Optional.of(stored(rows.iterator().next())));
    }

    private static Uni<Optional<Booking>> earlierBooking(SqlClient client, Key key, Instant start) {
        String sql = key.callSid().isPresent() ? BOOKED_BY_CALL : BOOKED_BY_NUMBER;
        String owner = key.callSid().map(CallSid::value).orElse(key.caller().e164());
        return client.preparedQuery(sql)
                .execute(Tuple.of(owner, utc(start)))
                .map(rows ->
                        rows.size() == 0
                                ? Optional.<Booking>empty()
                                : Optional.of(booking(rows.iterator().next())));
    }

    private static ToolResult stored(Row row) {
        return StoredAnswer.read(row.getString("outcome"), (JsonObject) row.getJson("answer"));
    }

    private static Diary diary(Iterable<Row> rows) {
        var resources = new LinkedHashSet<UUID>();
        var taken = new ArrayList<Diary.Taken>();
        var unplaced = new ArrayList<Diary.Unplaced>();
        for (Row row : rows) {
            UUID resource = row.getUUID("id");
            OffsetDateTime from = row.getOffsetDateTime("taken_from");
            if (resource == null) {
                unplaced.add(
                        new Diary.Unplaced(
                                from.toInstant(),
                                row.getOffsetDateTime("taken_until").toInstant()));
                continue;
            }
            resources.add(resource);
            if (from != null) {
                taken.add(
                        new Diary.Taken(
                                resource,
                                from.toInstant(),
                                row.getOffsetDateTime("taken_until").toInstant()));
            }
        }
        return new Diary(List.copyOf(resources), taken, unplaced);
    }

    private static Booking booking(Row row) {
        return new Booking(
                row.getString("id"),
                row.getOffsetDateTime("scheduled_time").toInstant(),
                row.getString("service_type"));
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static boolean isOverlap(Throwable failure) {
        return failure instanceof PgException refused && OVERLAP.equals(refused.getSqlState());
    }
}
