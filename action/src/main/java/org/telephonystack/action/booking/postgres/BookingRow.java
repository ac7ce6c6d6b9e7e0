package org.telephonystack.action.booking.postgres;

import io.vertx.mutiny.sqlclient.Row;

import org.telephonystack.action.booking.Booking;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/// A row of `bookings`, and moments as PostgreSQL takes them.
final class BookingRow {

    private BookingRow() {}

    static Booking read(Row row) {
        return new Booking(
                row.getString("id"),
                row.getOffsetDateTime("scheduled_time").toInstant(),
                row.getString("service_type"));
    }

    static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
