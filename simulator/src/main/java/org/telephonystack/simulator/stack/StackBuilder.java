package org.telephonystack.simulator.stack;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// Says what a [Stack] is to be, then starts it. Everything not said has a value for local runs: free ports, new secrets,
/// plain log lines with personal data in full, no trace export.
public final class StackBuilder {

    /// For short lives: a small heap, the compiler that is quick to start, and no word about what Netty does with memory.
    public static final List<String> SMALL_AND_QUICK =
            List.of(
                    "-Xmx256m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Xshare:auto",
                    "--sun-misc-unsafe-memory-access=allow",
                    "--enable-native-access=ALL-UNNAMED");

    private static final int ATTEMPTS = 3;

    /// Quarkus' words for it.
    private static final String PORT_TAKEN = "(?s).*Port.*(already bound|seems to be in use).*";

    final Path root;
    final Map<String, String> common = new LinkedHashMap<>();
    final Map<Service, Map<String, String>> own = new EnumMap<>(Service.class);
    Path logs;
    List<String> jvmFlags = SMALL_AND_QUICK;
    int streams = 1;
    boolean usualPorts;
    boolean simulatedAccounts = true;
    BiConsumer<String, String> listener = (_, _) -> {};
    Consumer<Stack> afterMigration = _ -> {};
    private final Map<String, String> inherited = new HashMap<>();

    StackBuilder(Path root) {
        this.root = root.toAbsolutePath().normalize();
        this.logs = this.root.resolve("target/stack");
        // Nothing of the caller's own accounts may get into a test: these alone are inherited.
        for (String name : List.of("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "JAVA_HOME")) {
            String value = System.getenv(name);
            if (value != null) {
                inherited.put(name, value);
            }
        }
    }

    /// The whole environment of this process counts, under everything said here; accounts are then the caller's own.
    public StackBuilder inheritEnvironment() {
        System.getenv()
                .forEach((name, value) -> {
                    if (!value.isBlank()) {
                        inherited.put(name, value);
                    }
                });
        simulatedAccounts = false;
        return this;
    }

    /// `DATABASE_URL` of action and stream.
    public StackBuilder database(String url) {
        return environment("DATABASE_URL", url);
    }

    public StackBuilder database(DatabaseAddress address) {
        return database(address.url());
    }

    public StackBuilder database(EmbeddedDatabase database) {
        return database(database.url());
    }

    /// Where Twilio's REST API is: the simulator's.
    public StackBuilder twilioApi(URI base) {
        return environment("TWILIO_API_BASE_URL", base.toString());
    }

    /// Where the voice model is, `…/v1` included: the simulator's, or OpenAI's own.
    public StackBuilder model(URI base) {
        return environment("OPENAI_BASE_URL", base.toString());
    }

    /// The same model by another way.
    ///
    /// @param detour makes of the model's address one that leads there
    public StackBuilder modelBy(UnaryOperator<URI> detour) {
        String direct = common.get("OPENAI_BASE_URL");
        if (direct == null) {
            throw new IllegalStateException("no model was named yet");
        }
        return model(detour.apply(URI.create(direct)));
    }

    /// Where spans go, as OTLP over HTTP.
    public StackBuilder traces(URI endpoint) {
        return environment("QUARKUS_OTEL_SDK_DISABLED", "false")
                .environment("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint.toString())
                .environment("QUARKUS_OTEL_BSP_SCHEDULE_DELAY", "200ms");
    }

    /// For all services; the last word on this variable.
    public StackBuilder environment(String name, String value) {
        common.put(name, value);
        return this;
    }

    /// For one service, over what is said for all.
    public StackBuilder environment(Service service, String name, String value) {
        own.computeIfAbsent(service, _ -> new LinkedHashMap<>()).put(name, value);
        return this;
    }

    public StackBuilder jvmFlags(List<String> flags) {
        jvmFlags = List.copyOf(flags);
        return this;
    }

    /// How many stream processes; frontdoor sends calls to the first unless `STREAM_PUBLIC_URL` says otherwise.
    public StackBuilder streams(int count) {
        streams = count;
        return this;
    }

    /// The documented ports of `./telephony up` in place of free ones.
    public StackBuilder usualPorts() {
        usualPorts = true;
        return this;
    }

    /// The folder of the log files; `target/stack` if not said.
    public StackBuilder logs(Path folder) {
        logs = folder;
        return this;
    }

    /// Every line of every service as it is printed: the name of the process (`stream-2`) and the line.
    public StackBuilder onLine(BiConsumer<String, String> listener) {
        this.listener = listener;
        return this;
    }

    /// Runs once action is ready (the tables are there) and before the others start: the place to apply a business.
    public StackBuilder afterMigration(Consumer<Stack> task) {
        afterMigration = task;
        return this;
    }

    /// Returns when all are ready; where one does not start, nothing stays behind.
    ///
    /// @throws IllegalStateException with what the service printed
    public Stack start() {
        for (int attempt = 1; ; attempt++) {
            var stack = new Stack(this);
            try {
                stack.start();
                return stack;
            } catch (RuntimeException e) {
                stack.close();
                boolean clash = String.valueOf(e.getMessage()).matches(PORT_TAKEN);
                if (!clash || usualPorts || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /// What a service sees. What is said wins over what is inherited, that over values of ours.
    Map<String, String> environmentOf(Service service, Map<String, String> addresses) {
        var all = new HashMap<>(inherited);
        addresses.forEach(all::putIfAbsent);
        all.putAll(common);
        all.putAll(own.getOrDefault(service, Map.of()));
        return all;
    }

    /// Whether somebody said a value for this variable, here or in what is inherited.
    boolean says(String name) {
        return common.containsKey(name) || inherited.containsKey(name);
    }

    /// The nearest folder above (or at) the working directory that holds `shared-model`: tests run in a module's folder.
    public static Path findRoot() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.exists(at.resolve("mvnw")) && Files.isDirectory(at.resolve("shared-model"))) {
                return at;
            }
        }
        throw new IllegalStateException(
                "no repository at or above " + Path.of("").toAbsolutePath());
    }
}
