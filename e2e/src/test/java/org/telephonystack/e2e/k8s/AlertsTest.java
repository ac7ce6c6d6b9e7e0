package org.telephonystack.e2e.k8s;

import static org.assertj.core.api.Assertions.assertThat;
import static org.telephonystack.e2e.k8s.WatchedDay.DAY;
import static org.telephonystack.e2e.k8s.WatchedDay.HOUR;
import static org.telephonystack.e2e.k8s.WatchedDay.MINUTE;
import static org.telephonystack.e2e.k8s.WatchedDay.NOON;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// Which alert wakes whom, and when: the rules as they stand in the manifest, asked about days of which we know what they were.
class AlertsTest {

    /// @param after seconds that it has to be true
    private record Alert(String expression, double after) {}

    private static final Map<String, Alert> ALERTS = new TreeMap<>();
    private static final Map<String, String> RECORDED = new HashMap<>();

    static {
        Overlay.objectsIn(Overlay.file("k8s/components/monitoring/prometheusrule.yaml"))
                .getFirst()
                .at("/spec/groups")
                .forEach(group -> group.path("rules").forEach(AlertsTest::read));
    }

    private static void read(JsonNode rule) {
        String expression = rule.path("expr").asText();
        if (rule.has("record")) {
            RECORDED.put(rule.path("record").asText(), expression);
        } else {
            ALERTS.put(
                    rule.path("alert").asText(),
                    new Alert(expression, MINUTE * minutes(rule.path("for").asText("0m"))));
        }
    }

    private static double minutes(String duration) {
        assertThat(duration).endsWith("m");
        return Double.parseDouble(duration.replace("m", ""));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("org.telephonystack.e2e.k8s.Troubles#all")
    void anAlertFiresWithinTwoHours(String alert, String what, UnaryOperator<WatchedDay> change) {
        WatchedDay day = change.apply(WatchedDay.healthy());

        assertThat(fires(alert, day, NOON, NOON + 2 * HOUR, MINUTE)).as(what).isTrue();
    }

    @Test
    void everyAlertHasItsTrouble() {
        assertThat(Troubles.all().map(it -> it.get()[0])).containsAll(ALERTS.keySet());
    }

    @Test
    void onAHealthyDayNobodyIsWoken() {
        WatchedDay day = WatchedDay.healthy();

        assertThat(
                        ALERTS.keySet().stream()
                                .filter(alert -> fires(alert, day, 8 * DAY, 9 * DAY, 5 * MINUTE)))
                .isEmpty();
    }

    /// Beside calls that come as ever, a stranger is no outage.
    @Test
    void aStrangerBesideCallsIsNotTakenForTwilio() {
        WatchedDay day =
                WatchedDay.healthy().perHour(Troubles.rejected("frontdoor", "signature_wrong"), 30);

        assertThat(fires("TwilioRefused", day, NOON, NOON + 2 * HOUR, MINUTE)).isFalse();
        assertThat(fires("SecurityRejectionsUnusual", day, NOON, NOON + 2 * HOUR, MINUTE))
                .isFalse();
    }

    private static boolean fires(
            String name, WatchedDay day, double from, double to, double every) {
        Alert alert = requireNonNull(ALERTS.get(name), name);
        Elements.Over expression = parse(alert.expression(), day);
        Map<Map<String, String>, Double> since = new HashMap<>();
        for (double at = from; at <= to; at += every) {
            double now = at;
            var found = expression.at(at).keySet();
            since.keySet().retainAll(found);
            found.forEach(labels -> since.putIfAbsent(labels, now));
            if (since.values().stream().anyMatch(begin -> now - begin >= alert.after())) {
                return true;
            }
        }
        return false;
    }

    private static Elements.Over parse(String expression, WatchedDay day) {
        Map<String, Elements.Over> rules = new HashMap<>();
        RECORDED.forEach((name, recorded) -> {
            Map<Double, Elements> known = new HashMap<>();
            Elements.Over rule = PromQl.parse(recorded, it -> named(it, rules, day));
            rules.put(name, at -> known.computeIfAbsent(at, rule::at));
        });
        return PromQl.parse(expression, name -> named(name, rules, day));
    }

    private static Elements.Over named(
            String name, Map<String, Elements.Over> rules, WatchedDay day) {
        return at -> rules.getOrDefault(name, second -> day.at(name, second)).at(at);
    }
}
