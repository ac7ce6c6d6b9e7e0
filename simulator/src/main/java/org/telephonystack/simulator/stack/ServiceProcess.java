package org.telephonystack.simulator.stack;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// One packaged service as a child process. What it prints goes to a file, line by line to listeners, and is kept.
public final class ServiceProcess implements AutoCloseable {

    private static final Duration PROBE_LIMIT = Duration.ofSeconds(5);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(Service.isTraining() ? 300 : 40);

    private final String name;
    private final Service service;
    private final int port;
    private final int managementPort;
    private final Path log;
    private final Process process;
    private final Thread reader;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

    private ServiceProcess(Launch launch, Process process) {
        this.name = launch.name();
        this.service = launch.service();
        this.port = launch.port();
        this.managementPort = launch.managementPort();
        this.log = launch.log();
        this.process = process;
        this.listeners.add(launch.listener());
        this.reader = Thread.ofVirtual().name("log of " + name).unstarted(this::readLines);
    }

    /// What is started.
    ///
    /// @param name `stream-2`: names the log file and the lines
    /// @param environment all of it, nothing is inherited
    record Launch(
            Service service,
            String name,
            List<String> command,
            Map<String, String> environment,
            int port,
            int managementPort,
            Path log,
            Consumer<String> listener) {}

    static ServiceProcess start(Launch launch) {
        var builder =
                new ProcessBuilder(launch.command())
                        .redirectErrorStream(true)
                        .redirectOutput(launch.log().toFile());
        builder.environment().clear();
        builder.environment().putAll(launch.environment());
        try {
            Files.createDirectories(launch.log().toAbsolutePath().resolveSibling("."));
            var started = new ServiceProcess(launch, builder.start());
            started.reader.start();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(launch.name() + " did not start", e);
        }
    }

    /// Follows the file that the process writes. A pipe would be simpler, but Java throws away what is in a pipe when its
    /// process ends before the last lines are read, and these are the interesting ones.
    private void readLines() {
        try (InputStream file = Files.newInputStream(log)) {
            var line = new ByteArrayOutputStream();
            byte[] bytes = new byte[8192];
            for (boolean ended = false; ; ) {
                int length = file.read(bytes);
                for (int i = 0; i < length; i++) {
                    if (bytes[i] == '\n') {
                        take(line);
                    } else {
                        line.write(bytes[i]);
                    }
                }
                if (length <= 0 && ended) {
                    return;
                }
                // Asked before the next read: what was written until the end is read after it.
                ended = process.waitFor(length > 0 ? 0 : 20, TimeUnit.MILLISECONDS);
            }
        } catch (IOException e) {
            lines.add("(log of " + name + " ends: " + e.getMessage() + ")");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void take(ByteArrayOutputStream bytes) {
        String line = bytes.toString(StandardCharsets.UTF_8);
        bytes.reset();
        lines.add(line);
        for (Consumer<String> listener : listeners) {
            listener.accept(line);
        }
    }

    /// Returns when readiness says yes.
    ///
    /// @throws IllegalStateException with the last lines it printed if it ends before, or takes longer
    public void awaitReady(Duration limit) {
        Instant end = Instant.now().plus(limit);
        try (var client = client()) {
            while (!isReady(client)) {
                if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
                    reader.join();
                    throw new IllegalStateException(
                            name + " ended with code " + process.exitValue() + ":\n" + tail());
                }
                if (Instant.now().isAfter(end)) {
                    throw new IllegalStateException(
                            name + " was not ready after " + limit + ":\n" + tail());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + name + " started", e);
        }
    }

    /// Readiness as it is at this moment.
    public boolean isReady() {
        try (var client = client()) {
            return isReady(client);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// Not the upgrade to HTTP/2 that the JDK tries first: one in a hundred of its answers never ends.
    private static HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(PROBE_LIMIT)
                .build();
    }

    private boolean isReady(HttpClient client) throws InterruptedException {
        var request =
                HttpRequest.newBuilder(managementUrl().resolve("/q/health/ready"))
                        .timeout(PROBE_LIMIT)
                        .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException _) {
            return false;
        }
    }

    public String name() {
        return name;
    }

    public Service service() {
        return service;
    }

    /// Where it takes calls: `http://127.0.0.1:port`.
    public URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /// Where health, metrics and info are.
    public URI managementUrl() {
        return URI.create("http://127.0.0.1:" + managementPort);
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /// The file with everything it printed.
    public Path log() {
        return log;
    }

    /// What it printed so far.
    public List<String> lines() {
        return List.copyOf(lines);
    }

    /// Called with each further line, on the thread that reads them: be quick, do not throw.
    public void onLine(Consumer<String> listener) {
        listeners.add(listener);
    }

    /// SIGTERM: it may hand its calls over and go.
    public void terminate() {
        process.destroy();
    }

    /// SIGKILL: it is gone at once.
    public void kill() {
        process.destroyForcibly();
    }

    /// It freezes until [#resume()]: its sockets stay open, nothing is answered.
    public void suspend() {
        signal("STOP");
    }

    public void resume() {
        signal("CONT");
    }

    private void signal(String signal) {
        try {
            Commands.signal(signal, List.of(process.pid()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Waits until it is gone and everything it printed is read.
    ///
    /// @return its exit code; 143 after SIGTERM, 137 after SIGKILL
    public int awaitExit(Duration limit) {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException(name + " still runs after " + limit);
            }
            reader.join();
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + name + " ended", e);
        }
    }

    /// SIGTERM, and SIGKILL where that does not help in time.
    @Override
    public void close() {
        resume();
        terminate();
        try {
            if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            reader.join();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private String tail() {
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
    }
}
