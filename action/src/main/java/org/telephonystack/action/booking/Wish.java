package org.telephonystack.action.booking;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/// When a caller would like to come, as the model wrote it down.
sealed interface Wish {

    record Anytime() implements Wish {}

    record OnDay(LocalDate day) implements Wish {}

    /// To the minute: seconds are never spoken, so they are never booked.
    record At(Instant start) implements Wish {
        public At {
            start = start.truncatedTo(ChronoUnit.MINUTES);
        }
    }

    /// No date we understand, or a local time that the clocks skip on that day.
    record Unclear() implements Wish {}

    /// @param text ISO 8601: a date, a local time in the business's zone, or one with its offset
    static Wish parse(String text, ZoneId zone) {
        String plain = text.strip().toUpperCase(Locale.ROOT).replaceFirst("^(\\S{10}) ", "$1T");
        try {
            if (!plain.matches("\\d{4}-.*")) {
                return new Unclear();
            }
            if (plain.indexOf('T') < 0) {
                return new OnDay(LocalDate.parse(plain));
            }
            return plain.matches(".*T.*(Z|[+-]\\d\\d:?\\d\\d)")
                    ? new At(OffsetDateTime.parse(plain).toInstant())
                    : local(LocalDateTime.parse(plain), zone);
        } catch (DateTimeException e) {
            return new Unclear();
        }
    }

    private static Wish local(LocalDateTime time, ZoneId zone) {
        // Twice a year a local time is skipped or comes twice; of two the first is meant.
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(time);
        return offsets.isEmpty() ? new Unclear() : new At(time.toInstant(offsets.getFirst()));
    }
}
