package org.telephonystack.e2e.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Dockerfiles without a container engine: what they name exists, and fits the code.
class ImagesTest {

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
}
