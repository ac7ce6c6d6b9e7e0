package org.telephonystack.e2e.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// Dockerfiles and the compose file without a container engine: what they name exists, and fits the code.
class ImagesTest {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z0-9_]+)(:[?-])?");
    private static final Pattern ADDRESS =
            Pattern.compile("(?:https?|postgresql)://(?:[^@/ ]*@)?([a-z]+):(\\d+)");

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

    /// @param words of an instruction, its flags left out
    private record Instruction(String name, List<String> flags, List<String> words) {}

    @ParameterizedTest
    @ValueSource(strings = {"frontdoor", "stream", "action"})
    void theJvmImageIsMadeOfWhatItsBuildLeavesBehind(String service) {
        List<Instruction> file = read(service + ".Dockerfile");
        String train = Overlay.read(Overlay.file("scripts/train-aot.sh"));

        assertThat(copiedFromTheRepository(file)).allSatisfy(ImagesTest::exists);
        assertThat(train).contains("$service/target/aot", "\"$aot/$service.jar\"", "\"$aot/lib\"");
        assertThat(copiedFromTheBuild(file))
                .contains(
                        "/build/" + service + "/target/aot/lib/",
                        "/build/" + service + "/target/aot/" + service + ".*");
        assertThat(entryPoint(file))
                .startsWith("java")
                .endsWith("-jar", "/deployments/" + service + ".jar")
                .contains("-XX:AOTCache=/deployments/" + service + ".aot");
        assertRunsAsANumberOnOurPorts(file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"frontdoor", "stream", "action"})
    void theNativeImageIsMadeOfWhatItsBuildLeavesBehind(String service) {
        List<Instruction> file = read(service + ".native.Dockerfile");

        assertThat(copiedFromTheRepository(file)).allSatisfy(ImagesTest::exists);
        assertThat(copiedFromTheBuild(file)).contains("/build/" + service + "/target/*-runner");
        assertThat(entryPoint(file)).startsWith("/deployments/voice-" + service);
        assertThat(all(file, "RUN").toString())
                .contains("-Dnative")
                .contains("-pl, " + service + ", -am");
        assertThat(Overlay.read(Overlay.file("pom.xml"))).contains("<name>native</name>");
        assertRunsAsANumberOnOurPorts(file);
    }

    /// Of every module, for the build of one needs the reactor's all.
    @Test
    void noModuleIsForgotten() {
        List<String> modules =
                Pattern.compile("<module>([a-z0-9-]+)</module>")
                        .matcher(Overlay.read(Overlay.file("pom.xml")))
                        .results()
                        .map(it -> it.group(1))
                        .toList();

        assertThat(modules).contains("e2e").containsAll(Overlay.SHIPPED);
        for (String service : Overlay.SERVICES) {
            for (String file : List.of(service + ".Dockerfile", service + ".native.Dockerfile")) {
                Set<String> copied =
                        copiedFromTheRepository(read(file)).stream()
                                .map(path -> path.replaceFirst("/pom\\.xml$", ""))
                                .collect(Collectors.toSet());
                assertThat(copied).as(file).containsAll(modules);
            }
        }
    }

    @Test
    void theVersionIsTheSameInPomReadmeAndTags() {
        var version =
                Pattern.compile(
                                "<artifactId>telephony-stack[a-z-]*</artifactId>\\s*<version>([^<]+)")
                        .matcher(Overlay.read(Overlay.file("pom.xml")));
        assertThat(version.find()).isTrue();
        String release = version.group(1).replace("-SNAPSHOT", "");

        assertThat(Overlay.read(Overlay.file("README.md"))).contains("version " + release + ".");
        for (String service : Overlay.SERVICES) {
            String image =
                    Overlay.PRODUCTION
                            .deployment(service)
                            .at("/spec/template/spec/containers/0/image")
                            .asText();
            assertThat(image).endsWith("voice-" + service + ":" + release + "-native");
            assertThat(Overlay.read(Overlay.file("docs/deploy.md"))).contains(":" + release);
        }
    }

    @Test
    void nothingThatABuildNeedsIsIgnored() {
        List<String> ignored = Overlay.read(Overlay.file(".dockerignore")).lines().toList();

        // A test is not packaged, and what was built here is not what is built there.
        assertThat(ignored).contains("**/target", "**/src/test").doesNotContain("**/src/main");
        assertThat(ignored)
                .noneMatch(path -> Set.of("scripts", "telephony", "mvnw", ".mvn").contains(path));
    }

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
        List<String> targets =
                StreamSupport.stream(
                                prometheus.at("/scrape_configs/0/static_configs").spliterator(),
                                false)
                        .flatMap(it -> texts(it.path("targets")))
                        .toList();
        assertThat(targets).hasSize(3).isSubsetOf(LISTENING);
        assertThat(prometheus.at("/scrape_configs/0/metrics_path").asText())
                .isEqualTo("/q/metrics");

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
        JsonNode environment = merged(compose().at("/services/" + service + "/environment"));
        String settings =
                Overlay.read(Overlay.file("docs/configuration.md"))
                        .replace('.', '-')
                        .replace('_', '-')
                        .toLowerCase(Locale.ROOT);
        String code = Overlay.codeOf(service);

        assertThat(environment.size()).isGreaterThan(4);
        environment
                .properties()
                .forEach(entry -> {
                    String name = entry.getKey();
                    assertThat(
                                    code.contains(name)
                                            || settings.contains(
                                                    "`"
                                                            + name.replace('_', '-')
                                                                    .toLowerCase(Locale.ROOT)
                                                            + "`"))
                            .as(name)
                            .isTrue();
                    VARIABLE.matcher(entry.getValue().asText())
                            .results()
                            .filter(it -> !it.group(1).equals("POSTGRES_PASSWORD"))
                            .forEach(it -> assertThat(it.group(1)).isEqualTo(name));
                });
    }

    private static JsonNode merged(JsonNode environment) {
        var all = new ObjectMapper().createObjectNode();
        JsonNode common = environment.path("<<");
        assertThat(common.isMissingNode()).isFalse();
        if (common.isObject()) {
            all.setAll((ObjectNode) common);
        } else {
            all.setAll((ObjectNode) compose().path("x-environment"));
        }
        environment.properties().stream()
                .filter(it -> !it.getKey().equals("<<"))
                .forEach(it -> all.set(it.getKey(), it.getValue()));
        return all;
    }

    private static void assertRunsAsANumberOnOurPorts(List<Instruction> file) {
        List<Instruction> last = file.subList(lastStage(file), file.size());
        assertThat(all(last, "USER"))
                .extracting(it -> it.words().getFirst())
                .containsExactly("1001");
        assertThat(all(last, "EXPOSE").getFirst().words()).containsExactly("8080", "9000");
        assertThat(entryPoint(file))
                .contains("-Dquarkus.http.host=0.0.0.0", "-Dquarkus.management.host=0.0.0.0");
        assertThat(all(file, "FROM"))
                .allSatisfy(from -> assertThat(from.words().getFirst()).matches(".+:[^:]+"));
    }

    private static void exists(String path) {
        assertThat(Overlay.file(path)).exists();
    }

    private static List<String> copiedFromTheRepository(List<Instruction> file) {
        return copied(file, false);
    }

    private static List<String> copiedFromTheBuild(List<Instruction> file) {
        return copied(file, true);
    }

    private static List<String> copied(List<Instruction> file, boolean fromTheBuild) {
        return all(file, "COPY").stream()
                .filter(it ->
                        it.flags().stream().anyMatch(flag -> flag.startsWith("--from="))
                                == fromTheBuild)
                .flatMap(it -> it.words().subList(0, it.words().size() - 1).stream())
                .toList();
    }

    private static List<String> entryPoint(List<Instruction> file) {
        String json = String.join(" ", all(file, "ENTRYPOINT").getLast().words());
        try {
            return Arrays.asList(new ObjectMapper().readValue(json, String[].class));
        } catch (IOException e) {
            throw new AssertionError("not in the exec form: " + json, e);
        }
    }

    private static int lastStage(List<Instruction> file) {
        int last = 0;
        for (int i = 0; i < file.size(); i++) {
            last = file.get(i).name().equals("FROM") ? i : last;
        }
        return last;
    }

    private static List<Instruction> all(List<Instruction> file, String name) {
        return file.stream().filter(it -> it.name().equals(name)).toList();
    }

    private static List<Instruction> read(String dockerfile) {
        var instructions = new ArrayList<Instruction>();
        for (String line :
                Overlay.read(Overlay.file("docker/" + dockerfile))
                        .replace("\\\n", " ")
                        .lines()
                        .toList()) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            List<String> words = List.of(line.strip().split("\\s+"));
            assertThat(words.getFirst())
                    .isIn("FROM", "USER", "WORKDIR", "COPY", "RUN", "EXPOSE", "ENTRYPOINT", "ENV");
            int flags = 1;
            while (words.get(flags).startsWith("--")) {
                flags++;
            }
            instructions.add(
                    new Instruction(
                            words.getFirst(),
                            words.subList(1, flags),
                            words.subList(flags, words.size())));
        }
        return instructions;
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
