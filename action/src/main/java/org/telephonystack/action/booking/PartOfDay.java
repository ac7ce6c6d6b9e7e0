package org.telephonystack.action.booking;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// When on a day a caller would like to come, as people say it.
enum PartOfDay {
    MORNING(LocalTime.MIN, LocalTime.NOON),
    AFTERNOON(LocalTime.NOON, LocalTime.of(17, 0)),
    EVENING(LocalTime.of(17, 0), LocalTime.MAX);

    private final LocalTime from;
    private final LocalTime until;

    PartOfDay(LocalTime from, LocalTime until) {
        this.from = from;
        this.until = until;
    }

    /// Empty for another word: then any time of the day is offered.
    static Optional<PartOfDay> of(String word) {
        String wanted = word.strip().toUpperCase(Locale.ROOT);
        return Arrays.stream(values()).filter(part -> part.name().equals(wanted)).findFirst();
    }

    /// Whether something that starts then starts in this part.
    boolean contains(Instant start, ZoneId zone) {
        LocalTime time = LocalTime.ofInstant(start, zone);
        return !time.isBefore(from) && time.isBefore(until);
    }
}
