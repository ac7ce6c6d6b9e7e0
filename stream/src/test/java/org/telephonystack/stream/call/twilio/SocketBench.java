package org.telephonystack.stream.call.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.telephonystack.simulator.stack.EmbeddedDatabase;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What the caller's socket costs: CPU time of a process of its own for each frame of sound that it passed on, for three
/// relays one after the other under the same load, so that their ratios hold on a busy machine too. See
/// `docs/decisions/005-caller-socket.md`. No test of the build:
///
/// ```text
/// ./mvnw -B -ntp package -pl stream -am -Dquick
/// ./mvnw -B -ntp test -pl stream -am -Dtest=SocketBench -Dsurefire.failIfNoSpecifiedTests=false
/// ```
final class SocketBench {

    private static final String SECRET = "bench-bench-bench-bench-bench-bench-bench";
    private static final List<Integer> CALLS = List.of(200, 400);
    private static final Duration WARM_UP = Duration.ofSeconds(12);
    private static final Duration MEASURED = Duration.ofSeconds(15);
    private static final List<String> ONE_CORE =
            List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:ActiveProcessorCount=1");

    private final Map<String, String> results = new LinkedHashMap<>();

    @Test
    void theThreeRelaysAreMeasuredSideBySide() throws Exception {
        try (EmbeddedDatabase database = EmbeddedDatabase.temporary();
                SocketLoad load = SocketLoad.start(SECRET)) {
            Flyway.configure().dataSource(database.jdbcUrl(), null, null).load().migrate();
            for (int calls : CALLS) {
                measure("splice", calls, load, relay(SpliceRelay.class, load));
                measure("vertx", calls, load, relay(VertxRelay.class, load));
                measure("websockets-next", calls, load, service(database, load));
            }
        }
        results.forEach((what, result) -> System.out.println("[bench] " + what + ": " + result));
        assertThat(results).hasSize(3 * CALLS.size());
    }

    private record Started(Process process, int port) {}

    private void measure(String name, int calls, SocketLoad load, Started relay) throws Exception {
        try {
            awaitPort(relay.port());
            load.dial(calls, relay.port());
            Thread.sleep(WARM_UP);
            Duration cpu = cpu(relay);
            long nanos = System.nanoTime();
            SocketLoad.Frames before = load.frames();
            Thread.sleep(MEASURED);
            SocketLoad.Frames passed = load.frames().minus(before);
            double micros = (cpu(relay).toNanos() - cpu.toNanos()) / 1000.0;
            double seconds = (System.nanoTime() - nanos) / 1e9;
            results.put(
                    name + " " + calls,
                    String.format(
                            Locale.ROOT,
                            "%.1f us of CPU for a frame; passed %.1f %% of %d frames/s, %.0f %% of a core, %d calls alive",
                            micros / passed.all(),
                            100.0 * passed.all() / (seconds * calls * 100),
                            calls * 100,
                            micros / seconds / 10_000,
                            load.alive()));
        } finally {
            load.hangUp();
            relay.process().destroy();
            relay.process().waitFor();
        }
    }

    private static Duration cpu(Started relay) {
        return relay.process().info().totalCpuDuration().orElseThrow();
    }

    private static Started relay(Class<?> main, SocketLoad load) throws IOException {
        int port = freePort();
        List<String> command = new ArrayList<>(java());
        command.addAll(
                List.of(
                        "-cp",
                        System.getProperty(
                                "surefire.test.class.path", System.getProperty("java.class.path")),
                        main.getName(),
                        String.valueOf(port),
                        load.modelBase()));
        return new Started(start(command, Map.of(), main.getSimpleName()), port);
    }

    private static Started service(EmbeddedDatabase database, SocketLoad load) throws IOException {
        int port = freePort();
        List<String> command = new ArrayList<>(java());
        command.addAll(List.of("-jar", "target/quarkus-app/quarkus-run.jar"));
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("QUARKUS_HTTP_PORT", String.valueOf(port));
        environment.put("QUARKUS_MANAGEMENT_PORT", String.valueOf(freePort()));
        environment.put("QUARKUS_VERTX_EVENT_LOOPS_POOL_SIZE", "1");
        environment.put("PUBLIC_BASE_URL", "https://bench.example.com");
        environment.put("TWILIO_AUTH_TOKEN", "bench");
        environment.put("TICKET_SECRET", SECRET);
        environment.put("SERVICE_SECRET", SECRET);
        environment.put("ACTION_INTERNAL_URL", "http://localhost:1");
        environment.put("DATABASE_URL", database.url());
        environment.put("OPENAI_API_KEY", "sk-test");
        environment.put("OPENAI_BASE_URL", load.modelBase());
        environment.put("TELEPHONY_STREAM_SIGNATURE_MODE", "log-only");
        environment.put("TELEPHONY_STREAM_CALL_LIMIT", "1000");
        environment.put("TELEPHONY_MODEL_WARM_SESSIONS", "0");
        environment.put("TELEPHONY_TRACE_RATIO", "0");
        return new Started(start(command, environment, "Service"), port);
    }

    private static List<String> java() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ONE_CORE);
        return command;
    }

    private static Process start(List<String> command, Map<String, String> more, String name)
            throws IOException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(more);
        Path logs = Files.createDirectories(Path.of("target", "bench"));
        return builder.redirectOutput(logs.resolve(name + ".log").toFile()).start();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void awaitPort(int port) throws InterruptedException {
        for (int attempt = 0; attempt < 600; attempt++) {
            try (var _ = new Socket("localhost", port)) {
                return;
            } catch (IOException _) {
                Thread.sleep(100);
            }
        }
        throw new AssertionError("nothing listens at " + port);
    }
}
