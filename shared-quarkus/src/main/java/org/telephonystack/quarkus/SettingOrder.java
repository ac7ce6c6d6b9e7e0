package org.telephonystack.quarkus;

import io.quarkus.runtime.Quarkus;

import org.eclipse.microprofile.config.ConfigProvider;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Durations of which one has to be longer than another. Each may be well by itself, and set by whom nobody told of the other.
public final class SettingOrder {

    private static final int BAD_SETTINGS = 2;

    private record Pair(String longer, String shorter, String otherwise) {}

    private final List<Pair> pairs = new ArrayList<>();

    /// @param otherwise what happens where it is not: the end of a sentence
    public SettingOrder longer(String name, String than, String otherwise) {
        pairs.add(new Pair(name, than, otherwise));
        return this;
    }

    /// As this process runs with: set, or by default. Once Quarkus has its configuration.
    public List<String> problems() {
        var config = ConfigProvider.getConfig();
        return problems(name -> config.getValue(name, Duration.class));
    }

    /// Ends the process with a line for each of these on stderr. For an observer that comes before anything else a start sets off.
    public static void stopFor(List<String> problems) {
        if (!problems.isEmpty()) {
            problems.forEach(System.err::println);
            Quarkus.asyncExit(BAD_SETTINGS);
        }
    }

    public List<String> problems(Function<String, Duration> settings) {
        var problems = new ArrayList<String>();
        for (Pair pair : pairs) {
            Duration set = settings.apply(pair.longer());
            Duration least = settings.apply(pair.shorter());
            if (set.compareTo(least) <= 0) {
                problems.add(
                        "%s is %s: %s; set it to more than %s (%s)"
                                .formatted(
                                        pair.longer(),
                                        set,
                                        pair.otherwise(),
                                        pair.shorter(),
                                        least));
            }
        }
        return problems;
    }
}
