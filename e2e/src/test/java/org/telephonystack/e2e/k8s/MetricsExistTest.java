package org.telephonystack.e2e.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.telephonystack.model.CallOutcome;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// An alert on a metric that nobody counts never fires, and nobody notices. So every name in rules, dashboard and documents
/// is one that the services register.
class MetricsExistTest {

    private static final Pattern REGISTERED =
            Pattern.compile(
                    "(count|counter|time|Timer\\.builder|FunctionCounter\\.builder|Gauge\\.builder|->)\\s*\\(?\\s*\"(telephony\\.[a-z.]+)\"");
    private static final Pattern NAMED = Pattern.compile("\\btelephony_[a-z_]+\\b");
    private static final Pattern OUTCOMES =
            Pattern.compile("call_outcomes_total\\{outcome(?:=|!=|=~|!~)\\\\?\"([a-z_|]+)");
    private static final Pattern ALERT = Pattern.compile("- alert: (\\w+)");

    private static final String RULES = "k8s/components/monitoring/prometheusrule.yaml";
    private static final String DASHBOARD = "k8s/components/monitoring/telephony.json";

    @Test
    void rulesAndDashboardNameOnlyWhatIsCounted() {
        Set<String> series = series();

        assertThat(named(RULES)).isNotEmpty().isSubsetOf(series);
        assertThat(named(DASHBOARD)).isNotEmpty().isSubsetOf(series);
        assertThat(named("docs/runbook.md")).isNotEmpty().isSubsetOf(series);
    }

    @Test
    void whatAnAlertReadsFromARuleIsRecordedByOne() {
        String rules = Overlay.read(Overlay.file(RULES));
        Set<String> recorded = found(Pattern.compile("- record: (telephony:[a-z0-9_:]+)"), rules);

        assertThat(found(Pattern.compile("(telephony:[a-z0-9_:]+)"), rules)).isEqualTo(recorded);
        assertThat(
                        found(
                                Pattern.compile("(telephony:[a-z0-9_:]+)"),
                                Overlay.read(Overlay.file(DASHBOARD))))
                .isSubsetOf(recorded);
    }

    /// Whoever is woken by one service's rejections looks at the others' next.
    @Test
    void aRefusedSignatureHasTheSameWordsInEveryService() {
        for (String service : Overlay.SERVICES) {
            assertThat(Overlay.codeOf(service).toLowerCase(Locale.ROOT))
                    .as(service)
                    .contains("signature_missing", "signature_wrong")
                    .doesNotContain("no_signature", "wrong_signature");
        }
        assertThat(Overlay.read(Overlay.file("docs/runbook.md")))
                .contains("Reason: signature_missing", "Reason: signature_wrong");
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(it -> it.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void theListOfMetricsIsComplete() {
        Set<String> listed =
                Overlay.read(Overlay.file("docs/metrics.md"))
                        .lines()
                        .filter(line -> line.startsWith("| `telephony_"))
                        .map(line ->
                                line.substring(3, line.indexOf('`', 3)).replaceAll("\\{.*", ""))
                        .collect(Collectors.toCollection(TreeSet::new));

        assertThat(listed)
                .isEqualTo(
                        registered().entrySet().stream()
                                .map(meter -> listedAs(meter.getKey(), meter.getValue()))
                                .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void outcomesInRulesAreThoseOfCalls() {
        Set<String> words =
                Stream.of(CallOutcome.values()).map(CallOutcome::word).collect(Collectors.toSet());
        Set<String> named =
                OUTCOMES.matcher(
                                Overlay.read(Overlay.file(RULES))
                                        + Overlay.read(Overlay.file(DASHBOARD)))
                        .results()
                        .flatMap(it -> Stream.of(it.group(1).split("\\|")))
                        .collect(Collectors.toSet());

        assertThat(named).isNotEmpty().isSubsetOf(words);
    }

    @Test
    void everyAlertHasItsSectionInTheRunbook() {
        String runbook = Overlay.read(Overlay.file("docs/runbook.md"));

        assertThat(
                        ALERT.matcher(Overlay.read(Overlay.file(RULES)))
                                .results()
                                .map(it -> it.group(1)))
                .isNotEmpty()
                .allSatisfy(alert -> assertThat(runbook).contains("\n### " + alert + "\n"));
    }

    private enum Kind {
        COUNTER,
        TIMER,
        GAUGE
    }

    /// By reading the code: a meter appears at `/q/metrics` only once it was touched.
    private static Map<String, Kind> registered() {
        var meters = new TreeMap<String, Kind>();
        Overlay.SHIPPED.stream()
                .flatMap(module -> REGISTERED.matcher(Overlay.codeOf(module)).results())
                .forEach(it -> meters.put(it.group(2), kind(it)));
        assertThat(meters).containsKeys("telephony.calls.active", "telephony.security.rejections");
        return meters;
    }

    private static Kind kind(MatchResult registration) {
        return switch (registration.group(1)) {
            case "time", "Timer.builder" -> Kind.TIMER;
            case "Gauge.builder" -> Kind.GAUGE;
            default -> Kind.COUNTER;
        };
    }

    private static Set<String> series() {
        return registered().entrySet().stream()
                .flatMap(meter -> {
                    String name = listedAs(meter.getKey(), meter.getValue());
                    return meter.getValue() == Kind.TIMER
                            ? Stream.of(name, name + "_bucket", name + "_count", name + "_sum")
                            : Stream.of(name);
                })
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// As Prometheus sees it.
    private static String listedAs(String meter, Kind kind) {
        String name = meter.replace('.', '_');
        return switch (kind) {
            case COUNTER -> name + "_total";
            case TIMER -> name + "_seconds";
            // The one gauge with a unit.
            case GAUGE -> name.endsWith("_age") ? name + "_seconds" : name;
        };
    }

    private static Set<String> named(String file) {
        return NAMED.matcher(Overlay.read(Overlay.file(file)))
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
