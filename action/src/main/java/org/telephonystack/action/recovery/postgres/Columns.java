package org.telephonystack.action.recovery.postgres;

import io.vertx.mutiny.sqlclient.Row;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;

/// Columns that may be null.
final class Columns {

    private Columns() {}

    /// Empty for an empty text, too.
    static Optional<String> text(Row row, String column) {
        return Optional.ofNullable(row.getString(column)).filter(value -> !value.isEmpty());
    }

    static Optional<Instant> instant(Row row, String column) {
        @Nullable OffsetDateTime at = row.getOffsetDateTime(column);
        return Optional.ofNullable(at).map(OffsetDateTime::toInstant);
    }
}
