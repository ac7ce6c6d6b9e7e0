package org.telephonystack.e2e.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/// `./telephony deploy`, `rollback`, `secrets`, `logs` before a kubectl that only writes down what it was told.
class ClusterCommandTest {

    private static final String KUBECTL =
            """
            #!/bin/sh
            printf '%s\\n' "$*" >> "$FAKE/told"
            case "$*" in
                kustomize*) cat "$FAKE/rendered.yaml" ;;
                *"get secret "*go-template*) cat "$FAKE/secrets" ;;
                *"patch secret"*) cat > "$FAKE/patch" ;;
                *" apply "* | "apply "*)
                    cat > /dev/null
                    [ ! -f "$FAKE/applied" ] || cat "$FAKE/applied"
                    ;;
                *"get replicasets -l app.kubernetes.io/name=voice-stream "*) cat "$FAKE/revisions" ;;
                *"get replicasets "*) printf '4 r/v:2 map[a]\\n3 r/v:1 map[b]\\n' ;;
                *"get deployments "*) cat "$FAKE/deployments" ;;
                *"get job "*)
                    head -n 1 "$FAKE/job" | tr ' ' '\\n'
                    sed 1d "$FAKE/job" > "$FAKE/job.later"
                    [ ! -s "$FAKE/job.later" ] || cp "$FAKE/job.later" "$FAKE/job"
                    ;;
                *" logs "*) cat "$FAKE/lines" ;;
            esac
            """;

    private static final String MIGRATE =
            "apply -f - -l app.kubernetes.io/component in (database, migration)";

    private static final String JOB =
            "-n telephony get job voice-action-migration -o jsonpath={range .status.conditions[?(@.status==\"True\")]}{.type}{\"\\n\"}{end}";

    @TempDir private Path folder;
    private Path fake;
    private Path repository;

    @BeforeEach
    void aRepositoryAndAKubectl() throws IOException {
        repository = Files.createDirectory(folder.resolve("repository"));
        fake = Files.createDirectory(folder.resolve("fake"));
        Files.createDirectories(repository.resolve("scripts"));
        Files.createDirectories(repository.resolve("k8s/overlays/production"));
        for (String script :
                List.of("telephony", "scripts/cluster.sh", "scripts/deploy-telephony-v2.sh")) {
            Files.copy(Overlay.file(script), repository.resolve(script));
        }
        Files.copy(Overlay.PRODUCTION.golden(), fake.resolve("rendered.yaml"));
        program("kubectl", KUBECTL);
        program("sleep", "#!/bin/sh\necho \"sleep $*\" >> \"$FAKE/told\"\n");
        secretsAre(
                "DATABASE_URL",
                "OPENAI_API_KEY",
                "SERVICE_SECRET",
                "TICKET_SECRET",
                "TWILIO_ACCOUNT_SID",
                "TWILIO_AUTH_TOKEN");
        migrationIs("SuccessCriteriaMet Complete");
        revisionsAre("4 r/v:2 map[a]", "3 r/v:1 map[b]");
        Files.createFile(fake.resolve("told"));
    }

    private void revisionsAre(String... revisions) throws IOException {
        Files.write(fake.resolve("revisions"), List.of(revisions));
    }

    private void deploymentsAre(String... deployments) throws IOException {
        Files.write(fake.resolve("deployments"), List.of(deployments));
    }

    @Test
    void aDeploymentMigratesThenAppliesThenWaits() throws Exception {
        Run run = run("", "./telephony", "deploy", "production");

        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(told())
                .containsSubsequence(
                        "-n telephony delete job voice-action-migration --ignore-not-found",
                        MIGRATE,
                        JOB,
                        "apply -f -",
                        "-n telephony rollout status deployment/voice-frontdoor --timeout=10m",
                        "-n telephony rollout status deployment/voice-stream --timeout=10m",
                        "-n telephony rollout status deployment/voice-action --timeout=10m");
    }

    @Test
    void theScriptOfOldDeploysProduction() throws Exception {
        assertThat(run("", "./scripts/deploy-telephony-v2.sh").exitCode()).isZero();

        assertThat(told()).contains(MIGRATE, "apply -f -");
    }

    @Test
    void aMigrationThatFailsIsToldOfAtOnceWithItsLastLines() throws Exception {
        migrationIs("", "FailureTarget", "FailureTarget Failed");
        Files.writeString(fake.resolve("lines"), "ERROR: relation \"calls\" already exists\n");

        Run run = run("", "./telephony", "deploy", "production");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output())
                .contains("relation \"calls\" already exists", "(Failed)", "no pod was replaced");
        assertThat(told()).contains(MIGRATE).doesNotContain("apply -f -");
        assertThat(told()).filteredOn("sleep 2"::equals).hasSize(2);
    }

    @Test
    void aMigrationThatNeverEndsIsGivenUpAfterTenMinutes() throws Exception {
        migrationIs("");

        Run run = run("", "./telephony", "deploy", "production", "voice-action");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output()).contains("not done after 10 minutes", "no pod was replaced");
        assertThat(told()).filteredOn("sleep 2"::equals).hasSize(300);
    }

    @Test
    void withoutItsSecretsNothingIsDeployed() throws Exception {
        secretsAre("DATABASE_URL");

        Run run = run("", "./telephony", "deploy", "production");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output()).contains("OPENAI_API_KEY").doesNotContain("TWILIO_API_KEY_SID");
        assertThat(told()).noneMatch(line -> line.contains("apply"));
    }

    @Test
    void oneServiceAloneIsDeployedWithItsSettings() throws Exception {
        run("", "./telephony", "deploy", "production", "voice-stream");

        assertThat(told())
                .contains("apply -f - -l app.kubernetes.io/component in (settings, stream)")
                .doesNotContain(MIGRATE, "apply -f -");
    }

    @Test
    void oneServiceGoesBackToTheRevisionNamed() throws Exception {
        run("", "./telephony", "rollback", "production", "voice-action", "--to", "7");

        assertThat(told())
                .contains("-n telephony rollout undo deployment/voice-action --to-revision=7");
    }

    @Test
    void aRestartIsNoDeploymentToGoBackTo() throws Exception {
        revisionsAre(
                "9 r/v:2 map[new]", "10 r/v:2 map[new]", "8 r/v:1 map[old]", "7 r/v:0 map[older]");

        Run run = run("", "./telephony", "rollback", "production", "voice-stream");

        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(run.output()).contains("voice-stream: r/v:2 -> r/v:1 (revision 8)");
        assertThat(told())
                .containsSubsequence(
                        "-n telephony rollout undo deployment/voice-stream --to-revision=8",
                        "-n telephony rollout status deployment/voice-stream --timeout=10m");
    }

    @Test
    void whereNothingElseEverRanNothingIsChanged() throws Exception {
        revisionsAre("2 r/v:2 map[new]", "1 r/v:2 map[new]");

        Run run = run("", "./telephony", "rollback", "production", "voice-stream");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.output()).contains("voice-stream: no former revision differs");
        assertThat(told()).noneMatch(line -> line.contains("undo"));
    }

    @Test
    void withoutAServiceAllThatTheLastDeploymentReplacedGoBack() throws Exception {
        deploymentsAre(
                "2026-11-20T08:00:00Z voice-frontdoor",
                "2026-11-22T08:00:00Z voice-stream",
                "2026-11-20T08:00:00Z voice-action");

        Run run = run("", "./telephony", "rollback", "production");

        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(told())
                .filteredOn(line -> line.contains("undo"))
                .containsExactly(
                        "-n telephony rollout undo deployment/voice-stream --to-revision=3");
        assertThat(run("", "./telephony", "rollback", "production", "--to", "7").exitCode())
                .isNotZero();
    }

    @Test
    void whereNobodyNotedTheLastDeploymentAllGoBack() throws Exception {
        deploymentsAre("- voice-frontdoor", "- voice-stream", "- voice-action");

        run("", "./telephony", "rollback", "production");

        assertThat(told())
                .contains(
                        "-n telephony rollout undo deployment/voice-frontdoor --to-revision=3",
                        "-n telephony rollout undo deployment/voice-stream --to-revision=3",
                        "-n telephony rollout undo deployment/voice-action --to-revision=3");
    }

    @Test
    void whatADeploymentReplacesIsNoted() throws Exception {
        Files.writeString(
                fake.resolve("applied"),
                """
                deployment.apps/voice-frontdoor unchanged
                deployment.apps/voice-stream configured
                """);

        run("", "./telephony", "deploy", "production");

        assertThat(told())
                .filteredOn(line -> line.contains("annotate"))
                .singleElement()
                .asString()
                .matches(
                        "-n telephony annotate deployment/voice-stream telephonystack.org/deployed=[-0-9T:]+Z --overwrite");
    }

    @Test
    void secretsAreListedByNameAlone() throws Exception {
        Run run = run("", "./telephony", "secrets", "list", "production");

        assertThat(run.output().lines().map(line -> line.replaceAll(" +", " ")))
                .contains(
                        "DATABASE_URL set",
                        "TWILIO_AUTH_TOKEN_NEXT not set (optional)",
                        "TWILIO_PHONE_NUMBER not set (optional)");
    }

    @Test
    void aSecretIsSetWithoutStandingOnACommandLine() throws Exception {
        Run run = run("s3cret", "./telephony", "secrets", "set", "production", "OPENAI_API_KEY");

        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(Files.readString(fake.resolve("patch")))
                .isEqualTo("{\"data\":{\"OPENAI_API_KEY\":\"czNjcmV0\"}}");
        assertThat(told()).noneMatch(line -> line.contains("czNjcmV0") || line.contains("s3cret"));
        assertThat(run.output()).doesNotContain("s3cret");
    }

    @Test
    void anEmptyValueUnsetsASecret() throws Exception {
        run("", "./telephony", "secrets", "set", "production", "TWILIO_AUTH_TOKEN_NEXT");

        assertThat(Files.readString(fake.resolve("patch")))
                .isEqualTo("{\"data\":{\"TWILIO_AUTH_TOKEN_NEXT\":null}}");
    }

    @Test
    void whatDoesNotExistIsNamed() throws Exception {
        assertThat(run("", "./telephony", "deploy", "nowhere").output())
                .contains("no overlay nowhere", "production");
        assertThat(run("", "./telephony", "rollback", "production", "stream").output())
                .contains("no service stream", "voice-stream");
        assertThat(run("x", "./telephony", "secrets", "set", "production", "FOO").output())
                .contains("FOO is no secret");
        assertThat(told()).noneMatch(line -> line.contains("patch") || line.contains("undo"));
    }

    @Test
    void theLinesOfOneCallHereAndOnTheCluster() throws Exception {
        String lines = "[Stream] one | CallSid: CA1\n[Stream] two | CallSid: CA2\n";
        Path log = repository.resolve("target/stack/stream.log");
        Files.createDirectories(log.resolveSibling("."));
        Files.writeString(log, lines);
        Files.writeString(fake.resolve("lines"), lines);

        Run here = run("", "./telephony", "logs", "voice-stream", "--call", "CA2");
        Run there =
                run(
                        "",
                        "./telephony",
                        "logs",
                        "voice-stream",
                        "--call",
                        "CA2",
                        "--overlay",
                        "production");

        assertThat(here.output().lines()).containsExactly("[Stream] two | CallSid: CA2");
        assertThat(there.output().lines())
                .contains("[Stream] two | CallSid: CA2")
                .doesNotContain("[Stream] one | CallSid: CA1");
        assertThat(told())
                .contains(
                        "-n telephony logs -l app.kubernetes.io/name=voice-stream --prefix --max-log-requests=50 --tail=-1");
    }

    @Test
    void aJsonLineIsShownAsPeopleReadItAndAStackTraceStaysWhole() throws Exception {
        String line =
                "{\"traceId\":\"c1\",\"callSid\":\"CA1\",\"timestamp\":\"2026-11-22T17:27:48Z\",\"loggerName\":\"x\",\"level\":\"INFO\","
                        + "\"message\":\"[Stream] 🚀 Call Started | CallSid: CA1\",\"threadName\":\"t\"}";
        String bug =
                line.replace("\"threadName\"", "\"exception\":{\"message\":\"m\"},\"threadName\"");
        Files.writeString(fake.resolve("lines"), "[pod/a/b] " + line + "\n" + bug + "\n");

        String[] logs = {"./telephony", "logs", "voice-stream", "--overlay", "production"};
        String[] json = {logs[0], logs[1], logs[2], logs[3], logs[4], "--json"};

        assertThat(run("", logs).output().lines())
                .contains(
                        "[pod/a/b] 2026-11-22T17:27:48Z INFO [Stream] 🚀 Call Started | CallSid: CA1",
                        bug);
        assertThat(run("", json).output().lines()).contains("[pod/a/b] " + line, bug);
    }

    private record Run(int exitCode, String output) {}

    private Run run(String input, String... command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).directory(repository.toFile());
        builder.environment().put("FAKE", fake.toString());
        builder.environment().merge("PATH", fake + File.pathSeparator, (old, ours) -> ours + old);
        Process process = builder.redirectErrorStream(true).start();
        try (var stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), output);
    }

    private List<String> told() throws IOException {
        return Files.readAllLines(fake.resolve("told"));
    }

    private void program(String name, String text) throws IOException {
        Path file = Files.writeString(fake.resolve(name), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /// @param looks what kubectl tells of the Job, the last of them from then on
    private void migrationIs(String... looks) throws IOException {
        Files.writeString(fake.resolve("job"), String.join("\n", looks) + "\n");
    }

    private void secretsAre(String... names) throws IOException {
        Files.write(fake.resolve("secrets"), List.of(names));
    }
}
