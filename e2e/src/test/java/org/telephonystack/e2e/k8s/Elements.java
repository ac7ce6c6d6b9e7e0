package org.telephonystack.e2e.k8s;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.DoubleBinaryOperator;

/// What an expression is at a second: values by their labels. Nothing divided by nothing is left out: it is true in no comparison.
final class Elements extends HashMap<Map<String, String>, Double> {

    private static final long serialVersionUID = 1;

    /// Of an expression at a second.
    interface Over {
        Elements at(double second);
    }

    /// The labels of a number that is no vector.
    static final Map<String, String> NUMBER = Map.of("", "number");

    static Elements of(Map<String, String> labels, double value) {
        var one = new Elements();
        one.add(labels, value);
        return one;
    }

    void add(Map<String, String> labels, double value) {
        if (!Double.isNaN(value)) {
            put(labels, value);
        }
    }

    Elements with(Elements right, DoubleBinaryOperator operator) {
        boolean isLeft = !containsKey(NUMBER) || right.containsKey(NUMBER);
        var results = new Elements();
        (isLeft ? this : right)
                .keySet()
                .forEach(labels -> {
                    Double one = get(containsKey(NUMBER) ? NUMBER : labels);
                    Double other = right.get(right.containsKey(NUMBER) ? NUMBER : labels);
                    if (one != null && other != null) {
                        results.add(labels, operator.applyAsDouble(one, other));
                    }
                });
        return results;
    }

    Elements and(Elements others) {
        putAll(others);
        return this;
    }

    Elements which(boolean isThere, Elements others) {
        keySet().removeIf(labels -> others.containsKey(labels) != isThere);
        return this;
    }

    Elements grouped(Set<String> by, DoubleBinaryOperator operator) {
        var groups = new Elements();
        forEach((labels, value) -> {
            Map<String, String> kept = new HashMap<>(labels);
            kept.keySet().retainAll(by);
            groups.merge(kept, value, operator::applyAsDouble);
        });
        return groups;
    }

    Elements quantiles(double share) {
        Map<Map<String, String>, TreeMap<Double, Double>> histograms = new HashMap<>();
        forEach((labels, count) -> {
            Map<String, String> others = new HashMap<>(labels);
            String end = String.valueOf(others.remove("le")).replace("+Inf", "Infinity");
            histograms
                    .computeIfAbsent(others, _ -> new TreeMap<>())
                    .put(Double.valueOf(end), count);
        });
        var quantiles = new Elements();
        histograms.forEach((labels, buckets) -> quantiles.add(labels, quantile(share, buckets)));
        return quantiles;
    }

    private static double quantile(double share, NavigableMap<Double, Double> buckets) {
        double rank = share * buckets.lastEntry().getValue();
        double begin = 0;
        double below = 0;
        for (Map.Entry<Double, Double> bucket : buckets.entrySet()) {
            double end = bucket.getKey();
            if (bucket.getValue() >= rank) {
                double part = (rank - below) / (bucket.getValue() - below);
                return Double.isInfinite(end) ? begin : begin + (end - begin) * part;
            }
            begin = end;
            below = bucket.getValue();
        }
        return Double.NaN;
    }
}
