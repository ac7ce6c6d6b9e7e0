package org.telephonystack.quarkus;

import io.quarkus.runtime.configuration.DurationConverter;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// What numbers and durations may be set to. Outside of it calls break in ways that nobody connects with a setting; so a service
/// names each such value in one line before it starts, and does not start.
///
/// It knows the two places that `docs/configuration.md` names: system properties and, after them, environment variables.
public final class SettingRanges {

    /// Of what a timer is set to, or a socket, which counts milliseconds in an `int`.
    private static final String LONGEST = "24d";

    private static final List<String> NEVER = List.of("off", "disabled");

    private record Range<T extends Comparable<T>>(
            String name, Function<String, T> reader, String least, String most) {

        Optional<String> problem(String value) {
            T set;
            try {
                set = reader.apply(value);
            } catch (RuntimeException _) {
                return Optional.of(
                        "%s cannot be \"%s\": docs/configuration.md says what it takes"
                                .formatted(name, value));
            }
            boolean isWithin =
                    set.compareTo(reader.apply(least)) >= 0
                            && set.compareTo(reader.apply(most)) <= 0;
            return isWithin
                    ? Optional.empty()
                    : Optional.of(
                            "%s is %s: set it to %s at least and %s at most; docs/configuration.md says what it does"
                                    .formatted(name, value, least, most));
        }
    }

    private final List<Range<?>> ranges = new ArrayList<>();
    private final List<String> schedules = new ArrayList<>();

    public SettingRanges duration(String name, String least, String most) {
        ranges.add(new Range<>(name, DurationConverter::parseDuration, least, most));
        return this;
    }

    /// Longer than nothing.
    public SettingRanges durations(String... names) {
        for (String name : names) {
            duration(name, "1ms", LONGEST);
        }
        return this;
    }

    /// Durations for which 0 says something.
    public SettingRanges durationsOrNone(String... names) {
        for (String name : names) {
            duration(name, "0s", LONGEST);
        }
        return this;
    }

    /// How often the scheduler does something; it may be told not to.
    public SettingRanges schedules(String... names) {
        schedules.addAll(List.of(names));
        return durations(names);
    }

    public SettingRanges number(String name, String least, String most) {
        ranges.add(new Range<>(name, BigDecimal::new, least, most));
        return this;
    }

    public SettingRanges count(String name, int least) {
        ranges.add(
                new Range<>(
                        name,
                        Integer::valueOf,
                        String.valueOf(least),
                        String.valueOf(Integer.MAX_VALUE)));
        return this;
    }

    /// As this process is told.
    public List<String> problems() {
        return problems(System::getProperty, System::getenv);
    }

    /// @param properties and `variables` give null for what is not set
    public List<String> problems(
            Function<String, @Nullable String> properties,
            Function<String, @Nullable String> variables) {
        return ranges.stream()
                .flatMap(range ->
                        Optional.ofNullable(properties.apply(range.name()))
                                .or(() ->
                                        Optional.ofNullable(
                                                variables.apply(variable(range.name()))))
                                .map(String::strip)
                                .filter(value -> isToBeRead(range, value))
                                .flatMap(range::problem)
                                .stream())
                .toList();
    }

    /// An expression is for Quarkus to work out.
    private boolean isToBeRead(Range<?> range, String value) {
        return !value.isEmpty()
                && !value.contains("${")
                && !(schedules.contains(range.name()) && NEVER.contains(value));
    }

    private static String variable(String name) {
        return name.replaceAll("[^a-z0-9]", "_").toUpperCase(Locale.ROOT);
    }
}
