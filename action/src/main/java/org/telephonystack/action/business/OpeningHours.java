package org.telephonystack.action.business;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// When the business is open, in its own local time.
///
/// @param weekly a day that is missing is a day off
/// @param exceptions days with other hours, or none
public record OpeningHours(
        Map<DayOfWeek, List<Range>> weekly, Map<LocalDate, SpecialDay> exceptions) {

    /// @param closes after `opens`, on the same day
    public record Range(LocalTime opens, LocalTime closes) {}

    /// @param hours empty: closed
    public record SpecialDay(Optional<String> label, List<Range> hours) {}

    public OpeningHours {
        weekly = Map.copyOf(weekly);
        exceptions = Map.copyOf(exceptions);
    }

    /// @param moment in the business's zone
    public boolean isOpenAt(ZonedDateTime moment) {
        LocalTime time = moment.toLocalTime();
        return on(moment.toLocalDate()).stream()
                .anyMatch(range -> !time.isBefore(range.opens()) && time.isBefore(range.closes()));
    }

    public List<Range> on(LocalDate day) {
        SpecialDay special = exceptions.get(day);
        return special != null
                ? special.hours()
                : weekly.getOrDefault(day.getDayOfWeek(), List.of());
    }
}
