package org.telephonystack.action.booking.postgres;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

import org.telephonystack.action.booking.Diary;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.UUID;

/// What is booked in a while.
final class PgDiary {

    /// A resource without any booking has one row, with nulls for its time; a booking without a resource has no id. Of
    /// the latter those count that began at most 32 hours before: none takes longer (V002).
    static final String DIARY =
            """
            select r.id, lower(b.slot) taken_from, upper(b.slot) taken_until
            from resources r
            left join bookings b on b.resource_id = r.id and b.status = 'confirmed' and b.slot && tstzrange($1, $2)
            where r.active
            union all
            select null, taken_from, taken_until from unplaced_bookings
            where taken_from < $2 and taken_until > $1 and taken_from > $1 - interval '32 hours'
            """;

    private PgDiary() {}

    static Uni<Diary> read(SqlClient client, Instant from, Instant until) {
        return client.preparedQuery(DIARY)
                .execute(Tuple.of(BookingRow.utc(from), BookingRow.utc(until)))
                .map(PgDiary::diary);
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
}
