package org.telephonystack.stream.truth;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.Set;

/// The days and hours that a sentence names, each as vague as it was said. Several of one sort ("from Monday to Tuesday")
/// are alternatives.
///
/// @param dates only where no day of the week and no day of the month was named: "tomorrow"
record SpokenTime(
        Set<DayOfWeek> weekdays, Set<MonthDay> monthDays, Set<LocalDate> dates, Set<Clock> clocks) {

    /// @param month 0: "the 24th"
    record MonthDay(int month, int day) {

        boolean fits(ZonedDateTime time) {
            return day == time.getDayOfMonth() && (month == 0 || month == time.getMonthValue());
        }
    }

    enum Half {
        MORNING,
        AFTERNOON,
        UNSAID
    }

    /// @param hour 0 to 24; up to 12 it may mean either half of the day where that was not said
    record Clock(int hour, int minute, Half half) {

        boolean fits(ZonedDateTime time) {
            boolean isExact = hour > 12 || hour == 0;
            boolean sameHour =
                    isExact
                            ? hour % 24 == time.getHour()
                            : hour % 12 == time.getHour() % 12
                                    && switch (half) {
                                        case MORNING -> time.getHour() < 12;
                                        case AFTERNOON -> time.getHour() >= 12;
                                        case UNSAID -> true;
                                    };
            return sameHour && minute == time.getMinute();
        }
    }

    /// Whether this cannot be the time that was meant.
    boolean contradicts(ZonedDateTime stored) {
        return !(weekdays.isEmpty() || weekdays.contains(stored.getDayOfWeek()))
                || !(monthDays.isEmpty() || monthDays.stream().anyMatch(day -> day.fits(stored)))
                || !(dates.isEmpty() || dates.contains(stored.toLocalDate()))
                || !(clocks.isEmpty() || clocks.stream().anyMatch(clock -> clock.fits(stored)));
    }
}
