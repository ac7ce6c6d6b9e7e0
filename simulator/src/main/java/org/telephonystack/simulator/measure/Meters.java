package org.telephonystack.simulator.measure;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a service's `/q/metrics` says at one moment.
///
/// @param series the value of each, by its name with its labels
record Meters(Map<String, Double> series) {

    private static final Pattern SERIES = Pattern.compile("(?m)^(\\S+?(?:\\{.*?})?) ([0-9.E+-]+)$");
    private static final Pattern UP_TO = Pattern.compile("[{,]le=\"([0-9.E+-]+)\"");

    /// @param management where the service answers inside
    static Meters of(URI management) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            var request =
                    HttpRequest.newBuilder(management.resolve("/q/metrics"))
                            .header("Accept", "text/plain;version=0.0.4")
                            .timeout(Duration.ofSeconds(10))
                            .build();
            return read(client.send(request, HttpResponse.BodyHandlers.ofString()).body());
        }
    }

    static Meters read(String text) {
        var series = new HashMap<String, Double>();
        Matcher line = SERIES.matcher(text);
        while (line.find()) {
            series.put(line.group(1), Double.parseDouble(line.group(2)));
        }
        return new Meters(series);
    }

    Meters since(Meters before) {
        var grown = new HashMap<String, Double>();
        series.forEach(
                (name, value) -> grown.put(name, value - before.series.getOrDefault(name, 0.0)));
        return new Meters(grown);
    }

    /// All series of this name whose labels hold `label`.
    double sum(String name, String label) {
        return series.entrySet().stream()
                .filter(it -> it.getKey().equals(name) || it.getKey().startsWith(name + "{"))
                .filter(it -> it.getKey().contains(label))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    /// So many of the values of a timer were not above it: the end of the bucket, not a guess within.
    double quantileMillis(String timer, double share) {
        var upTo = new TreeMap<Double, Double>();
        series.forEach((name, count) -> {
            Matcher bound = UP_TO.matcher(name);
            if (name.startsWith(timer + "_bucket") && bound.find()) {
                upTo.merge(Double.parseDouble(bound.group(1)), count, Double::sum);
            }
        });
        double wanted = Math.ceil(sum(timer + "_count", "") * share);
        return upTo.entrySet().stream()
                .filter(bucket -> bucket.getValue() >= wanted)
                .map(bucket -> bucket.getKey() * 1000)
                .findFirst()
                .orElse(Double.POSITIVE_INFINITY);
    }

    double meanMillis(String timer) {
        return 1000 * sum(timer + "_sum", "") / sum(timer + "_count", "");
    }
}
