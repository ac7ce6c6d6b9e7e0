package org.telephonystack.e2e.k8s;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// As much of PromQL as our rules are written in; what is not known here is refused, not guessed.
///
/// Not as in Prometheus: names of series are dropped at once; no counter begins anew; `absent` has no labels; there is no `on`.
final class PromQl {

    /// Of the ServiceMonitor; what rules record is there more often than this, but an average over a week does not need that.
    private static final double SCRAPED_EVERY = 15;

    private static final double RECORDED_EVERY = 3_600;

    /// From the loosest to the tightest.
    private static final List<Set<String>> BINDING =
            List.of(
                    Set.of("or"),
                    Set.of("and", "unless"),
                    Set.of("==", ">", ">=", "<"),
                    Set.of("+", "-"),
                    Set.of("*", "/"));

    private static final Map<String, DoubleBinaryOperator> CALCULATED =
            Map.of(
                    "==", (left, right) -> left == right ? left : Double.NaN,
                    ">", (left, right) -> left > right ? left : Double.NaN,
                    ">=", (left, right) -> left >= right ? left : Double.NaN,
                    "<", (left, right) -> left < right ? left : Double.NaN,
                    "+", Double::sum,
                    "-", (left, right) -> left - right,
                    "*", (left, right) -> left * right,
                    "/", (left, right) -> left / right);

    private static final Pattern TOKEN =
            Pattern.compile(
                    "\\s*(\"[^\"]*\"|\\d+[smhd]|[\\d.]+|[a-zA-Z_:][\\w:]*|=~|!~|!=|==|>=|[-+*/(){}\\[\\],=<>])\\s*");
    private static final Map<String, Integer> SECONDS =
            Map.of("s", 1, "m", 60, "h", 3_600, "d", 86_400);

    private final List<String> tokens = new ArrayList<>();
    private final Function<String, Elements.Over> named;
    private int next;

    private PromQl(String text, Function<String, Elements.Over> named) {
        this.named = named;
        Matcher token = TOKEN.matcher(text);
        int read = 0;
        for (; token.find() && token.start() == read; read = token.end()) {
            tokens.add(token.group(1));
        }
        check(read == text.length());
        tokens.add("");
    }

    /// @param named what has a name: a metric's series, or what a rule records
    static Elements.Over parse(String text, Function<String, Elements.Over> named) {
        var parser = new PromQl(text, named);
        Elements.Over whole = parser.binary(0);
        parser.check(parser.next == parser.tokens.size() - 1);
        return whole;
    }

    private Elements.Over binary(int level) {
        if (level == BINDING.size()) {
            return primary();
        }
        Elements.Over all = binary(level + 1);
        while (BINDING.get(level).contains(tokens.get(next))) {
            String operator = take();
            Elements.Over left = all;
            Elements.Over right = binary(level + 1);
            all =
                    switch (operator) {
                        case "and" -> at -> left.at(at).which(true, right.at(at));
                        case "unless" -> at -> left.at(at).which(false, right.at(at));
                        case "or" -> at -> right.at(at).which(false, left.at(at)).and(left.at(at));
                        default -> {
                            var operation = requireNonNull(CALCULATED.get(operator));
                            yield at -> left.at(at).with(right.at(at), operation);
                        }
                    };
        }
        return all;
    }

    private Elements.Over primary() {
        String token = take();
        if (Character.isDigit(token.charAt(0))) {
            double value = Double.parseDouble(token);
            return _ -> Elements.of(Elements.NUMBER, value);
        }
        return switch (token) {
            case "(" -> closed(binary(0));
            case "sum", "max", "vector" -> {
                Set<String> by = accept("by") ? names() : Set.of();
                Elements.Over all = opened();
                yield at -> all.at(at).grouped(by, token.equals("max") ? Math::max : Double::sum);
            }
            case "absent" -> {
                Elements.Over wanted = opened();
                yield at -> wanted.at(at).isEmpty() ? Elements.of(Map.of(), 1) : new Elements();
            }
            case "histogram_quantile" -> {
                expect("(");
                double share = Double.parseDouble(take());
                expect(",");
                Elements.Over buckets = closed(binary(0));
                yield at -> buckets.at(at).quantiles(share);
            }
            case "rate", "increase", "avg_over_time" -> {
                expect("(");
                String name = take();
                Elements.Over moment = selected(name);
                expect("[");
                long range = seconds();
                expect("]");
                long offset = accept("offset") ? seconds() : 0;
                double step = name.contains(":") ? RECORDED_EVERY : SCRAPED_EVERY;
                yield closed(at -> over(token, moment, at - offset, range, step));
            }
            default -> {
                check(!tokens.get(next).equals("("));
                yield selected(token);
            }
        };
    }

    private Elements.Over selected(String name) {
        Elements.Over all = named.apply(name);
        List<Predicate<Map<String, String>>> matchers = new ArrayList<>();
        if (accept("{")) {
            while (!accept("}")) {
                String label = take();
                String operator = take();
                String value = take().replace("\"", "");
                accept(",");
                Pattern pattern =
                        Pattern.compile(operator.contains("~") ? value : Pattern.quote(value));
                matchers.add(labels ->
                        operator.startsWith("!")
                                != pattern.matcher(labels.getOrDefault(label, "")).matches());
            }
        }
        return at -> {
            Elements found = new Elements().and(all.at(at));
            found.keySet().removeIf(it -> !matchers.stream().allMatch(fits -> fits.test(it)));
            return found;
        };
    }

    private static Elements over(
            String function, Elements.Over moment, double end, long range, double step) {
        double first = Math.floor((end - range) / step) * step + step;
        double last = Math.floor(end / step) * step;
        var results = new Elements();
        if (function.equals("avg_over_time")) {
            Map<Map<String, String>, List<Double>> samples = new HashMap<>();
            for (double at = first; at <= last; at += step) {
                moment.at(at)
                        .forEach((labels, value) ->
                                samples.computeIfAbsent(labels, _ -> new ArrayList<>()).add(value));
            }
            samples.forEach((labels, all) ->
                    results.add(
                            labels, all.stream().mapToDouble(it -> it).average().orElseThrow()));
            return results;
        }
        Elements earliest = moment.at(first);
        moment.at(last)
                .forEach((labels, value) -> {
                    double since = first;
                    Elements then = earliest;
                    while (!then.containsKey(labels)) {
                        since += step;
                        then = moment.at(since);
                    }
                    double begin = then.getOrDefault(labels, Double.NaN);
                    double grown = value - begin;
                    double seen = last - since;
                    // To the ends of the window, but not below zero.
                    double before = since == first ? first - (end - range) : step / 2;
                    before = grown > 0 ? Math.min(before, seen * begin / grown) : 0;
                    double increase = grown == 0 ? 0 : grown * (seen + before + end - last) / seen;
                    results.add(labels, function.equals("rate") ? increase / range : increase);
                });
        return results;
    }

    private Elements.Over opened() {
        expect("(");
        return closed(binary(0));
    }

    private Elements.Over closed(Elements.Over inner) {
        expect(")");
        return inner;
    }

    private Set<String> names() {
        expect("(");
        Set<String> names = new HashSet<>();
        while (!accept(")")) {
            names.add(take());
            accept(",");
        }
        return names;
    }

    private long seconds() {
        String duration = take();
        int unit = duration.length() - 1;
        return Long.parseLong(duration.substring(0, unit))
                * requireNonNull(SECONDS.get(duration.substring(unit)));
    }

    private String take() {
        return tokens.get(next++);
    }

    private boolean accept(String token) {
        boolean isIt = tokens.get(next).equals(token);
        next += isIt ? 1 : 0;
        return isIt;
    }

    private void expect(String token) {
        check(accept(token));
    }

    private void check(boolean isUnderstood) {
        if (!isUnderstood) {
            throw new IllegalArgumentException("not understood after " + tokens.subList(0, next));
        }
    }
}
