package org.telephonystack.e2e.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// The compose file without a container engine: what it names exists, and what `.env` sets reaches who reads it, and nobody else.
class ComposeTest {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z0-9_]+)(?::[?-][^}]*)?}");
    private static final Pattern QUOTED = Pattern.compile("`([A-Z][A-Z0-9_]+)`");
    private static final Pattern ADDRESS =
            Pattern.compile("(?:https?|postgresql)://(?:[^@/ ]*@)?([a-z]+):(\\d+)");
    private static final Pattern SECRET =
            Pattern.compile(".*(SECRET|AUTH_TOKEN|API_KEY|PASSWORD|DATABASE_URL).*");

    /// What the compose file decides itself, for it decides who is where.
    private static final Set<String> DECIDED_HERE =
            Set.of(
                    "DATABASE_URL",
                    "ACTION_INTERNAL_URL",
                    "OTEL_EXPORTER_OTLP_ENDPOINT",
                    "QUARKUS_HTTP_PORT",
                    "QUARKUS_MANAGEMENT_PORT",
                    "TELEPHONY_RECORDING_FOLDER");

    /// What runs on a port inside: ours as `application.properties` says, theirs as their images do.
    private static final Set<String> LISTENING =
            Set.of(
                    "frontdoor:8080",
                    "frontdoor:9000",
                    "stream:8080",
                    "stream:9000",
                    "action:8080",
                    "action:9000",
                    "postgres:5432",
                    "jaeger:4318",
                    "jaeger:16686",
                    "prometheus:9090",
                    "grafana:3000");

    @Test
    void composeNamesFoldersFilesAndServicesThatExist() {
        JsonNode compose = compose();
        Path folder = Overlay.file("docker");
        JsonNode services = compose.path("services");

        services.properties()
                .forEach(entry -> {
                    JsonNode service = entry.getValue();
                    JsonNode build = service.path("build");
                    if (build.isObject()) {
                        Path context = folder.resolve(build.path("context").asText());
                        assertThat(context.resolve(build.path("dockerfile").asText())).exists();
                    }
                    service.path("depends_on")
                            .fieldNames()
                            .forEachRemaining(name -> assertThat(services.has(name)).isTrue());
                    texts(service.path("volumes"))
                            .map(volume -> volume.split(":", 2)[0])
                            .forEach(source -> {
                                if (source.startsWith(".")) {
                                    assertThat(folder.resolve(source)).exists();
                                } else {
                                    assertThat(compose.path("volumes").has(source)).isTrue();
                                }
                            });
                    texts(service.path("ports"))
                            .map(port -> port.substring(port.lastIndexOf(':') + 1))
                            .forEach(port ->
                                    assertThat(LISTENING).contains(entry.getKey() + ":" + port));
                });
        assertThat(addresses(Overlay.read(folder.resolve("compose.yaml"))))
                .isNotEmpty()
                .allSatisfy(address -> assertThat(LISTENING).contains(address));
    }

    @Test
    void whatWatchesInComposeLooksWhereSomethingListens() throws IOException {
        JsonNode prometheus = yaml(Overlay.file("docker/prometheus/prometheus.yaml"));
        List<String> jobs = new ArrayList<>();
        prometheus
                .path("scrape_configs")
                .forEach(job -> {
                    String service = job.path("job_name").asText().replace("voice-", "");
                    jobs.add(service);
                    // By these labels the rules tell services apart, as on a cluster.
                    assertThat(job.at("/static_configs/0/labels/service").asText())
                            .isEqualTo("voice-" + service);
                    assertThat(texts(job.at("/static_configs/0/targets")))
                            .containsExactly(service + ":9000");
                    assertThat(job.path("metrics_path").asText()).isEqualTo("/q/metrics");
                });
        assertThat(jobs).containsExactlyInAnyOrderElementsOf(Overlay.SERVICES);

        try (Stream<Path> files = Files.walk(Overlay.file("docker/grafana"))) {
            files.filter(it -> it.toString().endsWith(".yaml"))
                    .forEach(it ->
                            assertThat(addresses(Overlay.read(it)))
                                    .as(it.toString())
                                    .isSubsetOf(LISTENING));
        }
    }

    /// A name that no service reads is a setting that somebody believes in.
    @ParameterizedTest
    @ValueSource(strings = {"frontdoor", "stream", "action"})
    void variablesInComposeAreTheServices(String service) {
        Map<String, String> environment = environment(service);

        assertThat(environment).hasSizeGreaterThan(4);
        environment.forEach((name, value) -> {
            // What is empty is kept away from the service.
            if (!value.isEmpty()) {
                assertThat(readBy(service)).contains(name);
            }
            VARIABLE.matcher(value)
                    .results()
                    .filter(it -> !it.group(1).equals("POSTGRES_PASSWORD"))
                    .forEach(it -> assertThat(it.group(1)).isEqualTo(name));
        });
    }

    /// What somebody writes into `.env` and no service gets is a setting that somebody believes in.
    @ParameterizedTest
    @ValueSource(strings = {"frontdoor", "stream", "action"})
    void everyVariableOfTheDocumentReachesItsService(String service) {
        Set<String> read = readBy(service);

        assertThat(read.stream().filter(name -> !DECIDED_HERE.contains(name)))
                .hasSizeGreaterThan(20)
                .allSatisfy(
                        name -> assertThat(given(service, name)).as(name).isEqualTo("from .env"));
        assertThat(given(service, "QUARKUS_HTTP_PORT")).isEqualTo("8080");
        assertThat(given(service, "QUARKUS_MANAGEMENT_PORT")).isEqualTo("9000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"frontdoor", "stream", "action"})
    void aSecretReachesOnlyWhoReadsIt(String service) {
        Set<String> others = new TreeSet<>(Set.of("POSTGRES_PASSWORD"));
        Overlay.SERVICES.forEach(it -> others.addAll(readBy(it)));
        others.removeAll(readBy(service));

        assertThat(others.stream().filter(name -> SECRET.matcher(name).matches()))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(given(service, name)).as(name).isEmpty());
    }

    @Test
    void whatPrometheusLoadsAreTheRulesOfTheCluster() {
        String manifest =
                Overlay.read(Overlay.file("k8s/components/monitoring/prometheusrule.yaml"));
        String groups = manifest.substring(manifest.indexOf("  groups:"));

        assertThat(Overlay.read(Overlay.file("docker/prometheus/rules.yaml")))
                .as(
                        "sed -n '/^  groups:/,$ s/^  //p' k8s/components/monitoring/prometheusrule.yaml > docker/prometheus/rules.yaml")
                .isEqualTo(
                        groups.lines()
                                .map(it -> it.substring(2) + "\n")
                                .collect(Collectors.joining()));
        assertThat(
                        yaml(Overlay.file("docker/prometheus/prometheus.yaml"))
                                .at("/rule_files/0")
                                .asText())
                .isEqualTo("/etc/prometheus/rules.yaml");
        assertThat(texts(compose().at("/services/prometheus/volumes")))
                .contains("./prometheus/rules.yaml:/etc/prometheus/rules.yaml:ro");
    }

    /// What compose hands over where `.env` has nothing but this variable: `environment` goes before `env_file`.
    private static String given(String service, String variable) {
        JsonNode definition = compose().path("x-service");
        String set = environment(service).get(variable);
        if (set == null) {
            assertThat(definition.at("/env_file/0/path").asText()).isEqualTo("../.env");
            assertThat(definition.at("/env_file/0/required").asBoolean(true)).isFalse();
            return "from .env";
        }
        return VARIABLE.matcher(set)
                .replaceAll(it -> it.group(1).equals(variable) ? "from .env" : "");
    }

    private static Map<String, String> environment(String service) {
        Map<String, String> all = new LinkedHashMap<>();
        JsonNode environment = compose().at("/services/" + service + "/environment");
        assertThat(environment.has("<<")).isTrue();
        Stream.of(compose().path("x-environment"), environment)
                .flatMap(it -> it.properties().stream())
                .filter(it -> !it.getKey().equals("<<"))
                .forEach(it -> all.put(it.getKey(), it.getValue().asText()));
        return all;
    }

    /// By the tables of `docs/configuration.md`: the columns of the variables, the headings of the settings.
    private static Set<String> readBy(String service) {
        Set<String> names = new TreeSet<>();
        String section = "";
        for (String line : Overlay.read(Overlay.file("docs/configuration.md")).lines().toList()) {
            section = line.startsWith("### ") ? line.substring(4) : section;
            String[] cells = line.split("\\|", -1);
            if (line.startsWith("| `telephony.")
                    && Set.of("All services", service).contains(section)) {
                names.add(
                        cells[1].strip()
                                .replaceAll("`", "")
                                .replaceAll("[.-]", "_")
                                .toUpperCase(Locale.ROOT));
            } else if (line.startsWith("| `")
                    && cells.length == 7
                    && !cells[2 + Overlay.SERVICES.indexOf(service)].isBlank()) {
                QUOTED.matcher(cells[1]).results().forEach(it -> names.add(it.group(1)));
            }
        }
        return names;
    }

    private static Set<String> addresses(String text) {
        return ADDRESS.matcher(text)
                .results()
                .map(it -> it.group(1) + ":" + it.group(2))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static JsonNode compose() {
        return yaml(Overlay.file("docker/compose.yaml"));
    }

    private static JsonNode yaml(Path file) {
        return Overlay.objectsIn(file).getFirst();
    }

    private static Stream<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText);
    }
}
