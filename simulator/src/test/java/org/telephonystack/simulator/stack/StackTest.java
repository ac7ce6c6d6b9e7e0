package org.telephonystack.simulator.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/// With [FakeService] in the place of each packaged service: real processes, real signals.
class StackTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir private Path root;

    @BeforeEach
    void threePackagedServices() throws IOException {
        for (Service service : Service.values()) {
            pack(root.resolve(service.word()).resolve("target/quarkus-app/quarkus-run.jar"));
        }
    }

    @Test
    void allAreReadyAndKnowEachOther() throws Exception {
        try (var stack = Stack.builder(root).start()) {
            assertThat(stack.processes())
                    .extracting(ServiceProcess::name)
                    .containsExactly("action", "frontdoor", "stream");
            assertThat(stack.processes()).allMatch(ServiceProcess::isReady);
            assertThat(stack.stream().lines())
                    .contains(
                            "frontdoor "
                                    + stack.frontdoor().url()
                                    + " action "
                                    + stack.action().url());
            assertThat(status(stack.frontdoor())).isEqualTo(200);
            assertThat(stack.publicUrl(Service.STREAM)).isEqualTo(stack.stream().url());
        }
    }

    @Test
    void theTaskAfterMigrationRunsWhenActionIsReadyAndTheOthersAreNotStarted() {
        var seen = new ArrayList<String>();

        try (var stack =
                Stack.builder(root)
                        .database("postgresql://u:p@h:1/d")
                        .afterMigration(it -> {
                            it.processes().forEach(process -> seen.add(process.name()));
                            seen.add(it.run("business", "apply", "a.properties").strip());
                        })
                        .start()) {
            assertThat(seen)
                    .containsExactly(
                            "action",
                            "command business apply a.properties on postgresql://u:p@h:1/d");
            assertThatThrownBy(() -> stack.run("fail"))
                    .hasMessageContaining("failed with code 4")
                    .hasMessageContaining("command fail");
        }
    }

    @Test
    void everyStartHasSecretsOfItsOwnAndAllServicesShareThem() {
        String first;
        try (var stack = Stack.builder(root).start()) {
            first = stack.variable(Service.ACTION, "SERVICE_SECRET");
            assertThat(first).hasSizeGreaterThanOrEqualTo(32);
            assertThat(stack.processes()).allMatch(process -> said(process, "secret " + first));
        }
        try (var stack = Stack.builder(root).start()) {
            assertThat(stack.variable(Service.ACTION, "SERVICE_SECRET")).isNotEqualTo(first);
        }
    }

    @Test
    void whatIsSaidForOneServiceWinsOverWhatIsSaidForAll() {
        try (var stack =
                Stack.builder(root)
                        .environment("EXTRA", "all")
                        .environment(Service.STREAM, "EXTRA", "own")
                        .start()) {
            assertThat(said(stack.stream(), "extra own")).isTrue();
            assertThat(said(stack.action(), "extra all")).isTrue();
        }
    }

    @Test
    void severalStreamsHaveNamesAndPortsOfTheirOwn() {
        try (var stack = Stack.builder(root).streams(2).start()) {
            ServiceProcess third = stack.startStream();

            assertThat(List.of(stack.stream(1).name(), stack.stream(2).name(), third.name()))
                    .containsExactly("stream", "stream-2", "stream-3");
            assertThat(List.of(stack.stream(1).url(), stack.stream(2).url(), third.url()))
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void linesReachTheListenerAndTheLogFileAsTheyAre() throws Exception {
        var lines = new CopyOnWriteArrayList<String>();

        try (var stack =
                Stack.builder(root)
                        .onLine((name, line) -> lines.add(name + " | " + line))
                        .start()) {
            stack.stream().terminate();
            int code = stack.stream().awaitExit(SOON);

            assertThat(code).isEqualTo(143);
            assertThat(lines).contains("stream | 📴 going");
            assertThat(Files.readAllLines(stack.stream().log())).contains("📴 going");
        }
    }

    @Test
    void aKilledServiceSaysNothingAndComesBackOnItsPort() {
        try (var stack = Stack.builder(root).start()) {
            ServiceProcess killed = stack.stream();
            killed.kill();

            assertThat(killed.awaitExit(SOON)).isEqualTo(137);
            assertThat(killed.lines()).doesNotContain("📴 going");
            assertThat(stack.restart(killed).url()).isEqualTo(killed.url());
            assertThat(stack.stream().isReady()).isTrue();
        }
    }

    @Test
    void aServiceThatDoesNotStartShowsWhyAndLeavesNothingBehind() {
        var pids = new ArrayList<Long>();
        var builder =
                Stack.builder(root)
                        .environment(
                                Service.FRONTDOOR, "FAKE_PROBLEM", "TWILIO_AUTH_TOKEN is not set")
                        .afterMigration(stack -> pids.add(stack.action().pid()));

        assertThatThrownBy(builder::start)
                .hasMessageContaining("frontdoor ended with code 3")
                .hasMessageContaining("TWILIO_AUTH_TOKEN is not set");
        assertThat(pids).hasSize(1).noneMatch(pid -> ProcessHandle.of(pid).isPresent());
    }

    @Test
    void aPortThatSomebodyElseTookMeanwhileLeadsToOtherPorts() {
        var starts = new AtomicInteger();
        var builder =
                Stack.builder(root)
                        .environment(
                                Service.STREAM,
                                "FAKE_PROBLEM",
                                "Port 20001 seems to be in use by another process.")
                        .afterMigration(_ -> starts.incrementAndGet());

        assertThatThrownBy(builder::start).hasMessageContaining("seems to be in use");
        assertThat(starts).hasValue(3);
    }

    @Test
    void aSuspendedServiceAnswersNothingUntilItIsResumed() throws Exception {
        try (var stack = Stack.builder(root).start()) {
            stack.stream().suspend();
            var answer = CompletableFuture.supplyAsync(() -> status(stack.stream()));

            assertThatThrownBy(() -> answer.get(300, TimeUnit.MILLISECONDS))
                    .isInstanceOf(TimeoutException.class);
            stack.stream().resume();
            assertThat(answer.get(30, TimeUnit.SECONDS)).isEqualTo(200);
        }
    }

    /// As Ctrl-C: the shutdown hook of a process that started a stack and never closed it.
    @Test
    void theEndOfThisProcessIsTheEndOfEverythingItStarted() throws Exception {
        Process starter =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                                "-cp",
                                classPath(),
                                StackTrial.class.getName(),
                                root.toString())
                        .redirectErrorStream(true)
                        .start();
        var pids = new ArrayList<Long>();
        try (var output = starter.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.equals("ready")) {
                    Commands.signal("INT", List.of(starter.pid()));
                } else if (line.startsWith("pid ")) {
                    pids.add(Long.parseLong(line.substring(4)));
                }
            }
        }

        assertThat(starter.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(pids).hasSize(3).noneMatch(pid -> ProcessHandle.of(pid).isPresent());
    }

    @Test
    void aServiceThatIsNotPackagedIsNamedWithTheCommandThatPackagesIt() throws IOException {
        Files.delete(root.resolve("action/target/quarkus-app/quarkus-run.jar"));

        assertThatThrownBy(Stack.builder(root)::start)
                .hasMessageContaining("action is not packaged")
                .hasMessageContaining("mvnw");
    }

    private static boolean said(ServiceProcess process, String text) {
        return process.lines().stream().anyMatch(line -> line.contains(text));
    }

    private static int status(ServiceProcess process) {
        try {
            return ((HttpURLConnection) process.url().toURL().openConnection()).getResponseCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void pack(Path jar) throws IOException {
        Files.createDirectories(jar.resolveSibling("."));
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, FakeService.class.getName());
        manifest.getMainAttributes()
                .put(
                        Attributes.Name.CLASS_PATH,
                        FakeService.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toString());
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    }

    static String classPath() {
        return System.getProperty(
                "surefire.test.class.path", System.getProperty("java.class.path"));
    }
}
