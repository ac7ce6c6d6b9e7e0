package org.telephonystack.stream.truth;

import org.telephonystack.stream.language.LanguageFile;
import org.telephonystack.stream.language.PlainWords;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Reads days and hours as people say them in one language. What it does not understand it does not see.
final class SpokenTimes {

    /// Minutes past the hour, and where the hour stands.
    private record ClockPattern(int minutes, Pattern pattern) {}

    private record RelativeDay(int days, Pattern pattern) {}

    private static final Pattern TENS = Pattern.compile("\\b([2-5]0)[ -]([1-9])\\b(?!:)");

    private final Map<String, String> replacements;
    private final Pattern replaceable;
    private final Map<String, Integer> weekdays;
    private final Pattern weekday;
    private final Map<String, Integer> months;
    private final List<Pattern> monthDays;
    private final List<ClockPattern> clocks;
    private final List<RelativeDay> relatives;
    private final Pattern morning;
    private final Pattern afternoon;

    SpokenTimes(LanguageFile file) {
        this.replacements = words(file, "replace");
        this.replaceable = anyOf(replacements.keySet());
        this.weekdays = numbers(file, "weekday");
        this.weekday = anyOf(weekdays.keySet());
        this.months = numbers(file, "month");
        String month = "(?<month>" + String.join("|", months.keySet()) + ")";
        this.monthDays =
                file.section("month-day").stream()
                        .map(line -> PlainWords.pattern(line.replace("MONTH", month)))
                        .toList();
        this.clocks = file.section("clock").stream().map(SpokenTimes::clock).toList();
        this.relatives = file.section("relative-day").stream().map(SpokenTimes::relative).toList();
        this.morning = startsWith(file.section("morning"));
        this.afternoon = startsWith(file.section("afternoon"));
    }

    SpokenTime in(String plain, LocalDate today) {
        String text = withDigits(plain);
        Set<DayOfWeek> days = new HashSet<>();
        weekday.matcher(text)
                .results()
                .forEach(match -> days.add(DayOfWeek.of(value(weekdays, match.group()))));
        Set<SpokenTime.MonthDay> dated = new HashSet<>();
        monthDays.forEach(pattern ->
                pattern.matcher(text).results().forEach(match -> dated.add(monthDay(match))));
        Set<LocalDate> relative = new HashSet<>();
        if (days.isEmpty() && dated.isEmpty()) {
            relatives.stream()
                    .filter(day -> day.pattern().matcher(text).find())
                    .findFirst()
                    .ifPresent(day -> relative.add(today.plusDays(day.days())));
        }
        return new SpokenTime(days, dated, relative, clocks(text));
    }

    private String withDigits(String plain) {
        String replaced =
                replaceable
                        .matcher(plain)
                        .replaceAll(match ->
                                Matcher.quoteReplacement(
                                        replacements.getOrDefault(
                                                match.group().toLowerCase(Locale.ROOT),
                                                match.group())));
        return TENS.matcher(replaced)
                .replaceAll(match ->
                        String.valueOf(
                                Integer.parseInt(match.group(1))
                                        + Integer.parseInt(match.group(2))));
    }

    private SpokenTime.MonthDay monthDay(MatchResult match) {
        boolean hasMonth = match.namedGroups().containsKey("month");
        return new SpokenTime.MonthDay(
                hasMonth ? value(months, match.group("month")) : 0,
                Integer.parseInt(match.group("day")));
    }

    private Set<SpokenTime.Clock> clocks(String text) {
        Set<SpokenTime.Clock> found = new HashSet<>();
        var rest = new StringBuilder(text);
        for (ClockPattern clock : clocks) {
            Matcher match = clock.pattern().matcher(rest);
            while (match.find()) {
                int hour = Integer.parseInt(match.group("hour"));
                boolean hasMinute = match.namedGroups().containsKey("minute");
                int minute =
                        clock.minutes() + (hasMinute ? Integer.parseInt(match.group("minute")) : 0);
                if (hour <= 24 && minute < 60) {
                    found.add(clock(hour, minute, half(text.substring(match.end()))));
                }
                // Longer ways to say it come first in the file; what they took is not read again.
                for (int i = match.start(); i < match.end(); i++) {
                    rest.setCharAt(i, '_');
                }
            }
        }
        return found;
    }

    private static SpokenTime.Clock clock(int hour, int minute, SpokenTime.Half half) {
        return minute < 0
                ? new SpokenTime.Clock(hour == 1 ? 12 : hour - 1, minute + 60, half)
                : new SpokenTime.Clock(hour, minute, half);
    }

    private SpokenTime.Half half(String after) {
        if (morning.matcher(after).lookingAt()) {
            return SpokenTime.Half.MORNING;
        }
        return afternoon.matcher(after).lookingAt()
                ? SpokenTime.Half.AFTERNOON
                : SpokenTime.Half.UNSAID;
    }

    private static ClockPattern clock(String line) {
        String[] parts = line.split(" \\| ", 2);
        return new ClockPattern(Integer.parseInt(parts[0]), PlainWords.pattern(parts[1]));
    }

    private static RelativeDay relative(String line) {
        String[] parts = line.split(" \\| ", 2);
        return new RelativeDay(Integer.parseInt(parts[0]), PlainWords.pattern(parts[1]));
    }

    private static Pattern startsWith(List<String> any) {
        return PlainWords.pattern("\\s*(?:" + String.join("|", any) + ")");
    }

    /// Longest first: "twenty-first" before "twenty".
    private static Pattern anyOf(Set<String> words) {
        String any =
                words.stream()
                        .sorted((a, b) -> b.length() - a.length())
                        .map(Pattern::quote)
                        .collect(Collectors.joining("|"));
        return PlainWords.pattern("(?<![\\w'])(?:" + any + ")(?!\\w)");
    }

    private static Map<String, String> words(LanguageFile file, String section) {
        var words = new LinkedHashMap<String, String>();
        for (String line : file.section(section)) {
            String[] pair = line.split("=", 2);
            for (String word : pair[0].split("\\|")) {
                words.put(word.strip().toLowerCase(Locale.ROOT), pair[1].strip());
            }
        }
        return words;
    }

    private static Map<String, Integer> numbers(LanguageFile file, String section) {
        return words(file, section).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> Integer.valueOf(e.getValue())));
    }

    private static int value(Map<String, Integer> numbers, String word) {
        Integer value = numbers.get(word.toLowerCase(Locale.ROOT));
        if (value == null) {
            throw new IllegalStateException("no number for \"" + word + "\"");
        }
        return value;
    }
}
