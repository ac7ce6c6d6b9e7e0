package org.telephonystack.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vertx.core.Vertx;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.telephonystack.simulator.model.ModelPace;
import org.telephonystack.simulator.model.ScriptedModel;
import org.telephonystack.simulator.phone.CallRecord;
import org.telephonystack.simulator.phone.CallerPlan;
import org.telephonystack.simulator.phone.NetworkSettings;
import org.telephonystack.simulator.phone.SimulatedCaller;
import org.telephonystack.simulator.phone.TelephoneNetwork;
import org.telephonystack.simulator.rest.RestSettings;
import org.telephonystack.simulator.rest.TwilioRest;
import org.telephonystack.simulator.script.CallerStep;
import org.telephonystack.simulator.script.Scenario;
import org.telephonystack.simulator.script.Scenarios;
import org.telephonystack.simulator.script.ScriptedCaller;
import org.telephonystack.simulator.webhook.RequestSignature.Signing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// What `./telephony demo`, `call` and `./telephony up` start, as processes of their own. One after the other: they write to the same
/// folder.
class CommandIT {

    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final String ACCOUNT = "AC0123456789abcdef0123456789abcdef";
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";

    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void theDemoShowsAWholeCallAndLeavesNothingRunning(@TempDir Path folder) throws Exception {
        Path output = folder.resolve("demo.txt");
        Process demo = start(output, Map.of(), "org.telephonystack.simulator.demo.Demo", "demo");

        assertThat(demo.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();

        String shown = Files.readString(output);
        assertThat(demo.exitValue()).as(shown).isZero();
        assertThat(shown)
                .contains("“Hello Maria, thank you for calling. How can I help you?”")
                .contains("“Hi, I'd like to book a cleaning, please.”")
                .contains("check_schedule → success")
                .containsPattern(
                        "bookings +[0-9a-f-]{36} \\| \\+14155550199 \\| .* \\| cleaning \\| confirmed")
                .contains("[Stream] 👤 Client Identified | Client: Maria Lopez")
                .containsPattern("\n  call +[0-9.]+ ms  voice-action")
                .containsPattern("context lookup +[0-9.]+ ms")
                .containsPattern("start → first audio +[0-9.]+ ms")
                .containsPattern("answer 1, our share +[0-9.]+ ms")
                .doesNotContain("! ");
        assertThat(Files.size(ROOT.resolve("target/demo-call.wav"))).isGreaterThan(100_000);
        assertThat(demo.descendants()).isEmpty();
    }

    /// The model at `OPENAI_BASE_URL` is ours here, but the demo knows nothing of it but its address and key.
    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void aKeptDemoTalksToTheModelOfTheEnvironmentAnswersOnItsUrlsAndStopsOnCtrlC(
            @TempDir Path folder) throws Exception {
        Path output = folder.resolve("kept.txt");
        Vertx vertx = Vertx.vertx();
        try (var model = ScriptedModel.start(vertx, "sk-somebody", ModelPace.quick(), 0)) {
            Scenario hangUp = Scenarios.named("hang-up").orElseThrow();
            Scenario.Part part = hangUp.parts().getFirst();
            model.script(part.number(), part.model());
            Process demo =
                    start(
                            output,
                            Map.of(
                                    "OPENAI_API_KEY",
                                    "sk-somebody",
                                    "OPENAI_BASE_URL",
                                    model.baseUrl()),
                            "org.telephonystack.simulator.demo.Demo",
                            "call",
                            hangUp.name(),
                            "--keep",
                            "--openai");
            try {
                await().atMost(LIMIT)
                        .until(() ->
                                !demo.isAlive()
                                        || Files.readString(output).contains("Ctrl-C stops it"));
                assertThat(demo.isAlive()).as(Files.readString(output)).isTrue();
                await().atMost(LIMIT).until(() -> healthUrls(Files.readString(output)).size() == 3);

                assertThat(model.connectionsOf(part.number())).isNotEmpty();
                for (String url : healthUrls(Files.readString(output))) {
                    assertThat(statusOf(url)).as(url).isEqualTo(200);
                }
            } finally {
                List<ProcessHandle> children = demo.descendants().toList();
                new ProcessBuilder("kill", "-INT", String.valueOf(demo.pid())).start().waitFor();
                assertThat(demo.waitFor(60, TimeUnit.SECONDS)).isTrue();
                assertThat(children)
                        .as(Files.readString(output))
                        .isNotEmpty()
                        .noneMatch(ProcessHandle::isAlive);
            }
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    /// Ours stand in for somebody else's simulators here: all that `up` is told of them are the documented variables.
    @Test
    @Execution(ExecutionMode.SAME_THREAD)
    void upServesSomebodyElsesTelephoneAndModel(@TempDir Path folder) throws Exception {
        for (int port : List.of(8081, 8082, 8083, 9081, 9082, 9083)) {
            assumeTrue(isFree(port), "port " + port + " is taken by somebody else");
        }
        Path output = folder.resolve("up.txt");
        Vertx vertx = Vertx.vertx();
        try (var model = ScriptedModel.start(vertx, "sk-somebody", ModelPace.quick(), 0);
                var network =
                        new TelephoneNetwork(
                                vertx,
                                NetworkSettings.of(
                                                ACCOUNT,
                                                TOKEN,
                                                "+18005550123",
                                                "http://127.0.0.1:8081/functions/v1/voice-frontdoor")
                                        .statusCallback(
                                                "http://127.0.0.1:8083/functions/v1/voice-action"));
                var rest = TwilioRest.start(vertx, network, RestSettings.onAnyPort())) {
            Process up =
                    start(
                            output,
                            Map.of(
                                    "TWILIO_ACCOUNT_SID",
                                    ACCOUNT,
                                    "TWILIO_AUTH_TOKEN",
                                    TOKEN,
                                    "TWILIO_PHONE_NUMBER",
                                    "+18005550123",
                                    "TWILIO_API_BASE_URL",
                                    rest.baseUrl() + "/",
                                    "OPENAI_API_KEY",
                                    "sk-somebody",
                                    "OPENAI_BASE_URL",
                                    "ws://localhost:" + model.port(),
                                    "TELEPHONY_STREAM_SIGNATURE_MODE",
                                    "if-present",
                                    "TELEPHONY_HOME",
                                    folder.toString()),
                            "org.telephonystack.simulator.stack.Up");
            try {
                await().atMost(LIMIT)
                        .until(() ->
                                !up.isAlive() || Files.readString(output).contains("\nready | "));
                assertThat(up.isAlive()).as(Files.readString(output)).isTrue();

                model.script("+12125550199", Scenarios.booking("there"));
                CallRecord record =
                        ScriptedCaller.play(
                                        new SimulatedCaller(
                                                network.dial(
                                                        CallerPlan.from("+12125550199")
                                                                .handshakeSigning(Signing.NONE))),
                                        List.of(
                                                new CallerStep.WaitForAssistant(),
                                                new CallerStep.Say("book"),
                                                new CallerStep.WaitForAssistant(),
                                                new CallerStep.Say("yes"),
                                                new CallerStep.WaitForAssistant(),
                                                new CallerStep.Say("thanks"),
                                                new CallerStep.WaitForEnd()),
                                        Duration.ofMinutes(1))
                                .join();

                assertThat(record.endedBy()).as(record.events().toString()).isEqualTo("twiml");
                assertThat(Files.readString(output)).contains("Result: booked");
                assertThat(model.violations()).isEmpty();
                everythingFitsTogether(folder, rest.baseUrl(), model.port());
            } finally {
                List<ProcessHandle> children = up.descendants().toList();
                up.destroy();
                assertThat(up.waitFor(60, TimeUnit.SECONDS)).isTrue();
                assertThat(children)
                        .as(Files.readString(output))
                        .isNotEmpty()
                        .noneMatch(ProcessHandle::isAlive);
            }
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    /// `./telephony check`, with the stack of `up` as the public address.
    private static void everythingFitsTogether(Path folder, String twilio, int modelPort)
            throws Exception {
        Path output = folder.resolve("check.txt");
        Process check =
                start(
                        output,
                        Map.ofEntries(
                                Map.entry("FRONTDOOR_PUBLIC_URL", "http://127.0.0.1:8081"),
                                Map.entry("STREAM_PUBLIC_URL", "http://127.0.0.1:8082"),
                                Map.entry("ACTION_PUBLIC_URL", "http://127.0.0.1:8083"),
                                Map.entry("TWILIO_ACCOUNT_SID", ACCOUNT),
                                Map.entry("TWILIO_AUTH_TOKEN", TOKEN),
                                Map.entry("TWILIO_PHONE_NUMBER", "+18005550123"),
                                Map.entry("TWILIO_API_BASE_URL", twilio),
                                Map.entry("OPENAI_API_KEY", "sk-somebody"),
                                Map.entry("OPENAI_BASE_URL", "ws://localhost:" + modelPort),
                                Map.entry("TICKET_SECRET", "t".repeat(32)),
                                Map.entry("SERVICE_SECRET", "s".repeat(32)),
                                Map.entry("TELEPHONY_TOOL_LIMIT", "soon")),
                        "org.telephonystack.simulator.operate.Check");

        assertThat(check.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();

        assertThat(Files.readString(output).lines())
                .contains(
                        "  ✓ voice-frontdoor",
                        "  ✓ voice-stream",
                        "  ✗ voice-action: telephony.tool.limit cannot be \"soon\": docs/configuration.md says what it takes",
                        "  ✓ Twilio takes TWILIO_AUTH_TOKEN",
                        "  ✓ OpenAI takes OPENAI_API_KEY and has the model gpt-realtime-2.1",
                        "  ✓ voice-frontdoor: http://127.0.0.1:8081/voice-frontdoor/fallback takes signed requests; path, query and body arrive unchanged",
                        "  ✓ voice-action: http://127.0.0.1:8083/voice-action takes signed requests; path, query and body arrive unchanged",
                        "  ✓ voice-stream: ws://127.0.0.1:8082/voice-stream takes signed WebSocket upgrades",
                        "1 problem.");
        assertThat(check.exitValue()).isEqualTo(1);
    }

    private static Process start(
            Path output, Map<String, String> environment, String main, String... words)
            throws IOException {
        var command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-Dstdout.encoding=UTF-8",
                                "-cp",
                                ROOT.resolve("simulator/target/classes")
                                        + ":"
                                        + Files.readString(
                                                        ROOT.resolve("simulator/target/classpath"))
                                                .strip(),
                                main));
        command.addAll(List.of(words));
        var builder =
                new ProcessBuilder(command)
                        .directory(ROOT.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
        builder.environment()
                .keySet()
                .removeIf(name -> name.matches("(TWILIO|OPENAI|DATABASE|TELEPHONY).*"));
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static List<String> healthUrls(String shown) {
        return Pattern.compile("http://\\S+/q/health(?=,)")
                .matcher(shown)
                .results()
                .map(MatchResult::group)
                .toList();
    }

    private static int statusOf(String url) throws Exception {
        try (var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            var request = HttpRequest.newBuilder(URI.create(url)).build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
