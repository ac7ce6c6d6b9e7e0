package org.telephonystack.simulator.operate;

import org.telephonystack.simulator.stack.Service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the services themselves say about an environment, a line per problem.
///
/// Each is started with one setting that can never be read, so that it names everything that is wrong and ends before it opens a
/// port or a connection: the truth about what it takes is in the service and nowhere else.
record Configuration(Path root, Variables variables, Findings findings) {

    private static final String NEVER_READ = "quarkus.shutdown.timeout";

    private static final Pattern SETTING =
            Pattern.compile("The config property (\\S+) with the config value \"(.*?)\" threw");

    /// What whoever starts the services says itself: `./telephony up`, docker/compose.yaml, the manifests.
    private static final Map<String, String> SAID_ELSEWHERE =
            Map.of(
                    "ACTION_INTERNAL_URL",
                    "http://action:8080",
                    "DATABASE_URL",
                    "postgresql://user:password@postgres:5432/telephony");

    private static final Map<String, String> BY_WHOM =
            Map.of(
                    "ACTION_INTERNAL_URL",
                    "the manifests, docker/compose.yaml and ./telephony up set it",
                    "DATABASE_URL",
                    "docker/compose.yaml and ./telephony up bring a PostgreSQL; a cluster needs it");

    /// @param known what is wrong; the rest of what it printed is of no interest
    private record Said(Service service, List<String> known) {}

    void check() {
        findings.title("Configuration (as the services read it)");
        SAID_ELSEWHERE.keySet().stream()
                .sorted()
                .filter(name -> variables.get(name).isEmpty())
                .forEach(name -> findings.note(name + " is not set: " + BY_WHOM.get(name)));
        Arrays.stream(Service.values())
                .map(service -> CompletableFuture.supplyAsync(() -> ask(service)))
                .toList()
                .forEach(said -> show(said.join()));
    }

    private void show(Said said) {
        if (said.known().isEmpty()) {
            findings.good("voice-" + said.service().word());
        }
        for (String problem : said.known()) {
            findings.problem("voice-" + said.service().word() + ": " + problem);
        }
    }

    private Said ask(Service service) {
        var command = new ArrayList<>(service.command(root, List.of("-XX:TieredStopAtLevel=1")));
        // Behind the executable, before -jar.
        command.add(1, "-D" + NEVER_READ + "=never");
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        var environment = new HashMap<>(SAID_ELSEWHERE);
        environment.putAll(variables.all());
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            var watch = CompletableFuture.runAsync(() -> endAfterAll(process));
            String text =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            watch.join();
            return new Said(service, problems(text, process.exitValue()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// It does not start; should it ever, it must not stay.
    private static void endAfterAll(Process process) {
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    static List<String> problems(String printed, int exitCode) {
        if (exitCode == 2) {
            return printed.lines()
                    .filter(line -> !line.contains("no longer read"))
                    .map(line -> line.replaceFirst("^frontdoor: ", ""))
                    .toList();
        }
        List<String> lines = printed.lines().filter(line -> line.contains("SRCFG")).toList();
        if (lines.stream().noneMatch(line -> line.contains(NEVER_READ))) {
            return List.of(
                    "it did not say what it takes: "
                            + printed.lines().findFirst().orElse("(nothing)"));
        }
        return lines.stream()
                .filter(line -> !line.contains(NEVER_READ))
                .map(Configuration::plain)
                .toList();
    }

    /// `SRCFG00039: The config property x with the config value "y" threw an Exception whilst …` in few words.
    private static String plain(String line) {
        Matcher setting = SETTING.matcher(line);
        return setting.find()
                ? setting.group(1)
                        + " cannot be \""
                        + setting.group(2)
                        + "\": docs/configuration.md says what it takes"
                : line.strip().replaceFirst("^[\\w.]+: ", "");
    }
}
