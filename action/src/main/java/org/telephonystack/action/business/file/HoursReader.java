package org.telephonystack.action.business.file;

import org.telephonystack.action.business.OpeningHours;
import org.telephonystack.action.business.OpeningHours.Range;
import org.telephonystack.action.business.OpeningHours.SpecialDay;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// `hours` and `holidays` of the file: ranges such as `09:00-17:00`.
final class HoursReader {

    private static final int RANGE_LENGTH = 11;

    private HoursReader() {}

    static OpeningHours read(Section file) {
        Map<DayOfWeek, List<Range>> weekly = weekly(file.section("hours"));
        if (weekly.values().stream().allMatch(List::isEmpty)) {
            file.problem("hours", "opens on no day");
        }
        return new OpeningHours(weekly, holidays(file));
    }

    private static Map<DayOfWeek, List<Range>> weekly(Section hours) {
        hours.allowOnly(
                Stream.of(DayOfWeek.values()).map(HoursReader::name).toArray(String[]::new));
        var weekly = new EnumMap<DayOfWeek, List<Range>>(DayOfWeek.class);
        for (DayOfWeek day : DayOfWeek.values()) {
            weekly.put(day, ranges(hours, name(day)));
        }
        return weekly;
    }

    private static Map<LocalDate, SpecialDay> holidays(Section file) {
        var holidays = new HashMap<LocalDate, SpecialDay>();
        for (Section one : file.sections("holidays")) {
            one.allowOnly("day", "label", "hours");
            Optional<LocalDate> day = day(one);
            var special = new SpecialDay(one.text("label", 80), ranges(one, "hours"));
            if (day.isPresent() && holidays.put(day.get(), special) != null) {
                one.problem("day", "is there twice");
            }
        }
        return holidays;
    }

    private static Optional<LocalDate> day(Section one) {
        String text = one.requiredText("day", 10);
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(LocalDate.parse(text));
        } catch (DateTimeException e) {
            one.problem("day", "is no date, e.g. 2026-12-25");
            return Optional.empty();
        }
    }

    private static List<Range> ranges(Section section, String name) {
        var ranges = new ArrayList<Range>();
        for (String text : section.texts(name, RANGE_LENGTH)) {
            range(text)
                    .ifPresentOrElse(
                            ranges::add,
                            () ->
                                    section.problem(
                                            name,
                                            "has a range that is not like 09:00-17:00, on one day"));
        }
        ranges.sort(Comparator.comparing(Range::opens));
        for (int i = 1; i < ranges.size(); i++) {
            if (!ranges.get(i).opens().isAfter(ranges.get(i - 1).closes())) {
                section.problem(name, "has ranges that touch or overlap; write them as one");
            }
        }
        return List.copyOf(ranges);
    }

    private static Optional<Range> range(String text) {
        if (!text.matches("\\d\\d:\\d\\d-\\d\\d:\\d\\d")) {
            return Optional.empty();
        }
        try {
            LocalTime opens = LocalTime.parse(text.substring(0, 5));
            LocalTime closes = LocalTime.parse(text.substring(6));
            return opens.isBefore(closes)
                    ? Optional.of(new Range(opens, closes))
                    : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static String name(DayOfWeek day) {
        return day.name().toLowerCase(Locale.ROOT);
    }
}
