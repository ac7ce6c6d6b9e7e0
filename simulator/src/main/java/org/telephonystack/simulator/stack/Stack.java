package org.telephonystack.simulator.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;

/// The three services as child processes, in tests and for people. They go with [#close()], at the latest when this process
/// ends.
///
/// ```java
/// try (var database = EmbeddedDatabase.temporary();
///         var stack = Stack.builder()
///                 .database(database)
///                 .twilioApi(twilio.url())
///                 .model(model.url())
///                 .afterMigration(it -> it.run("business", "apply", "demo/salon.properties"))
///                 .start()) {
///     stack.frontdoor().url();
///     stack.stream().kill();
/// }
/// ```
public final class Stack implements AutoCloseable {

    private static final Duration READY_LIMIT = Duration.ofSeconds(90);

    private final StackBuilder settings;
    private final Map<String, String> addresses = new HashMap<>();
    private final Map<String, Integer> ports = new HashMap<>();
    private final List<ServiceProcess> processes = new CopyOnWriteArrayList<>();

    Stack(StackBuilder settings) {
        this.settings = settings;
        addresses.putAll(localValues());
    }

    /// In the repository at or above the working directory.
    public static StackBuilder builder() {
        return builder(StackBuilder.findRoot());
    }

    public static StackBuilder builder(Path root) {
        return new StackBuilder(root);
    }

    void start() {
        AtExit.stop(this);
        decideAddresses();
        // Alone at first: it brings the tables up to date, and the others want them.
        launch(Service.ACTION, Service.ACTION.word()).awaitReady(READY_LIMIT);
        settings.afterMigration.accept(this);
        var others = new ArrayList<ServiceProcess>();
        others.add(launch(Service.FRONTDOOR, Service.FRONTDOOR.word()));
        for (int i = 1; i <= settings.streams; i++) {
            others.add(launch(Service.STREAM, streamName(i)));
        }
        awaitAll(others);
    }

    private static void awaitAll(List<ServiceProcess> others) {
        var waits =
                others.stream()
                        .map(process ->
                                CompletableFuture.runAsync(() -> process.awaitReady(READY_LIMIT)))
                        .toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(waits).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof IllegalStateException notReady) {
                throw notReady;
            }
            throw e;
        }
    }

    private void decideAddresses() {
        for (Service service : Service.values()) {
            // Where one host serves all (PUBLIC_BASE_URL), an address each would contradict it.
            if (!settings.says("PUBLIC_BASE_URL")) {
                addresses.put(service.name() + "_PUBLIC_URL", local(service));
            }
        }
        addresses.put("ACTION_INTERNAL_URL", local(Service.ACTION));
    }

    private ServiceProcess launch(Service service, String name) {
        int port = portOf(service, name);
        int management = settings.usualPorts ? port + 1000 : Ports.free();
        var environment = settings.environmentOf(service, addresses);
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        environment.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(management));
        var process =
                ServiceProcess.start(
                        new ServiceProcess.Launch(
                                service,
                                name,
                                service.command(settings.root, settings.jvmFlags),
                                environment,
                                port,
                                management,
                                settings.logs.resolve(name + ".log"),
                                line -> settings.listener.accept(name, line)));
        processes.add(process);
        return process;
    }

    /// One more stream process, ready.
    public ServiceProcess startStream() {
        int next =
                1 + (int) processes.stream().filter(it -> it.service() == Service.STREAM).count();
        var process = launch(Service.STREAM, streamName(next));
        process.awaitReady(READY_LIMIT);
        return process;
    }

    /// Starts a process that is gone once more: same name, same port, ready.
    public ServiceProcess restart(ServiceProcess gone) {
        gone.close();
        processes.remove(gone);
        var process = launch(gone.service(), gone.name());
        process.awaitReady(READY_LIMIT);
        return process;
    }

    /// Runs action's jar as a command (`business apply FILE`, `clients import FILE`) with action's environment.
    ///
    /// @return what it printed
    /// @throws IllegalStateException with what it printed if it failed
    public String run(String... arguments) {
        var command = new ArrayList<>(Service.ACTION.command(settings.root, settings.jvmFlags));
        command.addAll(List.of(arguments));
        var builder =
                new ProcessBuilder(command)
                        .directory(settings.root.toFile())
                        .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(settings.environmentOf(Service.ACTION, addresses));
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String said =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(
                        String.join(" ", arguments)
                                + " failed with code "
                                + process.exitValue()
                                + ":\n"
                                + said);
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    public ServiceProcess frontdoor() {
        return named(Service.FRONTDOOR.word());
    }

    /// The first one.
    public ServiceProcess stream() {
        return named(Service.STREAM.word());
    }

    /// @param number from 1
    public ServiceProcess stream(int number) {
        return named(streamName(number));
    }

    public ServiceProcess action() {
        return named(Service.ACTION.word());
    }

    /// All that were started, in that order, also those that are gone.
    public List<ServiceProcess> processes() {
        return List.copyOf(processes);
    }

    /// A variable as the services see it: `TWILIO_AUTH_TOKEN` to sign with, `SERVICE_SECRET` to call as a service.
    public String variable(Service service, String name) {
        String value = settings.environmentOf(service, addresses).get(name);
        if (value == null) {
            throw new IllegalStateException(service.word() + " has no " + name);
        }
        return value;
    }

    /// The address that Twilio knows for a service.
    public URI publicUrl(Service service) {
        var environment = settings.environmentOf(service, addresses);
        String own = environment.get(service.name() + "_PUBLIC_URL");
        return URI.create(own != null ? own : variable(service, "PUBLIC_BASE_URL"));
    }

    /// Stops what is still running, all at once.
    @Override
    public void close() {
        AtExit.forget(this);
        var ends =
                processes.stream()
                        .map(process -> Thread.ofVirtual().start(process::close))
                        .toList();
        for (Thread end : ends) {
            try {
                end.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private ServiceProcess named(String name) {
        return processes.stream()
                .filter(process -> process.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no " + name + " was started"));
    }

    private int portOf(Service service, String name) {
        boolean first = !name.contains("-");
        return ports.computeIfAbsent(
                name, _ -> settings.usualPorts && first ? service.usualPort() : Ports.free());
    }

    private static String streamName(int number) {
        return number == 1 ? Service.STREAM.word() : Service.STREAM.word() + "-" + number;
    }

    private String local(Service service) {
        return "http://127.0.0.1:" + portOf(service, service.word());
    }

    private Map<String, String> localValues() {
        var values = new HashMap<String, String>();
        values.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        values.put("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
        values.put("TELEPHONY_LOG_JSON", "false");
        values.put("TELEPHONY_LOG_PERSONAL_DATA", "full");
        values.put("TICKET_SECRET", Secrets.random());
        values.put("SERVICE_SECRET", Secrets.random());
        if (!settings.says("OTEL_EXPORTER_OTLP_ENDPOINT")) {
            values.put("QUARKUS_OTEL_SDK_DISABLED", "true");
        }
        if (settings.simulatedAccounts) {
            values.put("TWILIO_ACCOUNT_SID", "AC" + Secrets.random());
            values.put("TWILIO_AUTH_TOKEN", Secrets.random());
            values.put("TWILIO_PHONE_NUMBER", "+18005550123");
            values.put("OPENAI_API_KEY", "sk-simulated-" + Secrets.random());
        }
        return values;
    }
}
