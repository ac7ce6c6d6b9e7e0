package org.telephonystack.simulator.measure;

import org.telephonystack.simulator.model.ModelPace;
import org.telephonystack.simulator.phone.CallerPlan;
import org.telephonystack.simulator.phone.SimulatedCaller;
import org.telephonystack.simulator.script.ModelScript;
import org.telephonystack.simulator.script.ModelStep;
import org.telephonystack.simulator.stack.ServiceProcess;
import org.telephonystack.simulator.world.World;
import org.telephonystack.simulator.world.WorldSettings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `scripts/measure.sh`: prints rows of the tables of docs/measured.md. Figures are of this machine and its other work: processor
/// time bears company better than a clock does.
public final class Measure {

    private static final Pattern STARTED = Pattern.compile("started in ([0-9.]+)s");
    private static final int CALLS = 10;
    private static final Duration TALK = Duration.ofSeconds(30);
    private static final int FRAMES_PER_SECOND = 50;
    private static final int WARM_UP = 1000;
    private static final int GREETINGS = 300;
    private static final String GREETING = "telephony_start_to_greeting_seconds";
    private static final String LOOKUP = "telephony_context_lookup_seconds";

    private Measure() {}

    public static void main(String[] words) throws Exception {
        switch (words.length == 0 ? "" : words[0]) {
            case "start" -> start();
            case "frames" -> frames(words.length > 1 && words[1].equals("traced"));
            case "greeting" -> greeting();
            default -> throw new IllegalArgumentException("start | frames [traced] | greeting");
        }
        System.exit(0);
    }

    private static void start() throws Exception {
        try (World world = World.start(settings(false))) {
            Thread.sleep(Duration.ofSeconds(3));
            for (ServiceProcess service : world.stack().processes()) {
                System.out.printf(
                        Locale.ROOT,
                        "| %s | %s | %s | %.1f s | %d MB |%n",
                        service.name(),
                        packaging(),
                        startOf(service),
                        cpu(service).toMillis() / 1000.0,
                        residentMegabytes(service));
            }
        }
    }

    /// Calls in which nobody says anything: sound flows all the same, 50 frames a second each, from the telephone to the model.
    private static void frames(boolean traced) throws Exception {
        try (World world = World.start(settings(traced))) {
            world.model().defaultScript(ModelScript.greeting(ModelStep.say("Hello!")));
            // Once for nobody: what is compiled is compiled.
            talk(world, TALK);
            ServiceProcess stream = world.stack().stream();
            Duration before = cpu(stream);
            talk(world, TALK);
            double micros = cpu(stream).minus(before).toNanos() / 1000.0;
            long frames = CALLS * TALK.toSeconds() * FRAMES_PER_SECOND;
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %d | %.0f µs |%n",
                    traced ? "traced" : "not traced",
                    frames,
                    micros / frames);
        }
    }

    /// Calls one after the other: from Twilio's `start` to our order to greet, as the service's own meter counts it.
    private static void greeting() throws Exception {
        try (World world = World.start(settings(false))) {
            world.model().defaultScript(ModelScript.greeting(ModelStep.say("Hello!")));
            ServiceProcess stream = world.stack().stream();
            Meters began = Meters.of(stream.managementUrl());
            greet(world, 1);
            Meters first = Meters.of(stream.managementUrl());
            greeted("the first", first.since(began));
            greet(world, WARM_UP);
            Meters warm = Meters.of(stream.managementUrl());
            greeted("the next", warm.since(first));
            greet(world, GREETINGS);
            greeted("after these", Meters.of(stream.managementUrl()).since(warm));
        }
    }

    private static void greet(World world, int calls) {
        for (int i = 0; i < calls; i++) {
            // A client of the demo: there is something to look up.
            var caller = new SimulatedCaller(world.dial(CallerPlan.from("+14155550199")));
            caller.waitForAssistantToSpeak(Duration.ofMillis(20))
                    .thenCompose(_ -> caller.hangUp())
                    .thenCompose(_ -> caller.call().settled())
                    .join();
        }
    }

    private static void greeted(String which, Meters meters) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %.0f | %.0f | %.1f ms | %.1f ms | %.1f ms | %.1f ms |%n",
                packaging(),
                which,
                meters.sum(GREETING + "_count", ""),
                meters.sum("telephony_model_wanted_total", "warm=\"true\""),
                meters.quantileMillis(LOOKUP, 0.5),
                meters.meanMillis(GREETING),
                meters.quantileMillis(GREETING, 0.5),
                meters.quantileMillis(GREETING, 0.99));
    }

    private static void talk(World world, Duration length) throws InterruptedException {
        var callers = new ArrayList<SimulatedCaller>();
        for (int i = 0; i < CALLS; i++) {
            callers.add(new SimulatedCaller(world.dial(CallerPlan.from("+1212555020" + i))));
        }
        Thread.sleep(length);
        for (SimulatedCaller caller : callers) {
            caller.hangUp().thenCompose(_ -> caller.call().settled()).join();
        }
    }

    private static WorldSettings settings(boolean traced) {
        return WorldSettings.of(resource("business.json"), resource("clients.csv"))
                .pace(ModelPace.quick())
                .stack(stack ->
                        stack.environment("QUARKUS_OTEL_SDK_DISABLED", String.valueOf(!traced))
                                .environment("TELEPHONY_CALL_CALLER_SILENCE", "10m")
                                .jvmFlags(
                                        List.of(
                                                "-Xmx256m",
                                                "-XX:+UseSerialGC",
                                                "--sun-misc-unsafe-memory-access=allow",
                                                "--enable-native-access=ALL-UNNAMED")));
    }

    private static Path resource(String name) {
        return Path.of("simulator/src/main/resources/demo", name);
    }

    private static String packaging() {
        return Boolean.getBoolean("telephony.native")
                ? "native"
                : System.getProperty("telephony.packaging", "fast-jar");
    }

    private static String startOf(ServiceProcess service) {
        return service.lines().stream()
                .map(STARTED::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1) + " s")
                .findFirst()
                .orElse("?");
    }

    private static Duration cpu(ServiceProcess service) {
        return ProcessHandle.of(service.pid())
                .flatMap(process -> process.info().totalCpuDuration())
                .orElse(Duration.ZERO);
    }

    /// Linux only; 0 elsewhere.
    private static long residentMegabytes(ServiceProcess service) throws IOException {
        Path status = Path.of("/proc/" + service.pid() + "/status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(0);
    }
}
