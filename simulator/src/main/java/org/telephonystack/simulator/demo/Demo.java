package org.telephonystack.simulator.demo;

import org.telephonystack.simulator.model.ModelPace;
import org.telephonystack.simulator.phone.CallRecord;
import org.telephonystack.simulator.phone.CallerPlan;
import org.telephonystack.simulator.phone.PhoneCall;
import org.telephonystack.simulator.script.Scenario;
import org.telephonystack.simulator.script.Scenarios;
import org.telephonystack.simulator.stack.Service;
import org.telephonystack.simulator.stack.StackBuilder;
import org.telephonystack.simulator.world.World;
import org.telephonystack.simulator.world.WorldSettings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/// `./telephony demo` and `./telephony call NAME`: starts a world, plays one scenario in it, tells what happens and shows
/// what is left. Ctrl-C, failure and the end all stop what was started.
public final class Demo {

    private final Options options;
    private final Terminal terminal;

    private Demo(Options options, Terminal terminal) {
        this.options = options;
        this.terminal = terminal;
    }

    public static void main(String[] words) {
        int code;
        try (var terminal = new Terminal()) {
            code = new Demo(Options.parse(words), terminal).run();
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.println(
                    "usage: ./telephony demo [--keep] [--openai] | call [SCENARIO] [--keep] [--openai]");
            code = 2;
        } catch (Exception e) {
            System.err.println("The demo failed: " + e);
            System.err.println("The services' logs are in target/stack.");
            code = 1;
        }
        // The simulators' threads would keep a failed run alive.
        System.exit(code);
    }

    private int run() throws Exception {
        if (options.scenario().isEmpty()) {
            Scenarios.all()
                    .forEach(it ->
                            terminal.line("  %-18s %s".formatted(it.name(), it.description())));
            return 0;
        }
        Scenario scenario =
                Scenarios.named(options.scenario())
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        "there is no scenario "
                                                + options.scenario()
                                                + "; ./telephony call lists them"));
        String key = System.getenv("OPENAI_API_KEY");
        if (options.openAi() && (key == null || key.isBlank())) {
            throw new IllegalArgumentException("--openai needs OPENAI_API_KEY in the environment");
        }
        terminal.line("Telephony Stack: " + scenario.description());
        try (World world = World.start(settings())) {
            play(world, scenario);
            if (options.keep()) {
                keep(world);
            }
        }
        return 0;
    }

    private WorldSettings settings() throws IOException {
        return WorldSettings.of(resource("business.json"), resource("clients.csv"))
                .pace(ModelPace.lifelike())
                .progress(terminal::doing)
                .stack(this::modelOfChoice);
    }

    private void modelOfChoice(StackBuilder stack) {
        // Its processes are seconds old and have never looked anybody up: on a slow machine the
        // first caller would not be known in time.
        stack.environment(Service.STREAM, "TELEPHONY_CALL_LOOKUP_LIMIT", "1s");
        if (options.openAi()) {
            String base = System.getenv("OPENAI_BASE_URL");
            stack.environment("OPENAI_API_KEY", System.getenv("OPENAI_API_KEY"))
                    .environment(
                            "OPENAI_BASE_URL", base == null ? "https://api.openai.com/v1" : base);
        }
    }

    private void play(World world, Scenario scenario) throws Exception {
        terminal.doing("the call");
        terminal.title(scenario.name());
        var records = new ArrayList<CompletableFuture<CallRecord>>();
        var stories = new ArrayList<Thread>();
        for (Scenario.Part part : scenario.parts()) {
            world.model().script(part.number(), part.model());
            PhoneCall call = world.dial(CallerPlan.from(part.number()));
            stories.add(Thread.ofVirtual().start(() -> tell(world, call)));
            records.add(world.play(call, part.caller()));
        }
        List<CallRecord> done = records.stream().map(CompletableFuture::join).toList();
        for (Thread story : stories) {
            story.join();
        }
        terminal.doing("waiting for the call's outcome");
        for (CallRecord record : done) {
            show(world, record);
        }
        world.model()
                .violations()
                .forEach(it -> terminal.line("! the model was told what it refuses: " + it));
        world.model().scriptProblems().forEach(it -> terminal.line("! " + it));
    }

    private void tell(World world, PhoneCall call) {
        try (Connection database = world.database().connect()) {
            var story = new Story(terminal, call, nameOf(database, call.from()));
            world.stack().stream().onLine(story::tellLogLine);
            story.follow(database);
        } catch (SQLException e) {
            terminal.line("! not told further: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String nameOf(Connection database, String number) throws SQLException {
        try (var query =
                database.prepareStatement("select first_name from clients where phone_e164 = ?")) {
            query.setString(1, number);
            var row = query.executeQuery();
            return row.next() ? row.getString(1) : number;
        }
    }

    private void show(World world, CallRecord record) throws IOException, SQLException {
        var findings = new Findings(world, terminal, record);
        var spans = findings.awaitTrace();
        try (Connection database = world.database().connect()) {
            findings.rows(database);
        }
        findings.texts();
        findings.logLines();
        findings.trace(spans);
        findings.figures(spans);
        Path wav = Path.of("target", "demo-call.wav");
        Files.createDirectories(wav.getParent());
        record.writeWav(wav);
        terminal.line("");
        terminal.line("The call's sound (caller left, assistant right): " + wav.toAbsolutePath());
    }

    private void keep(World world) throws InterruptedException {
        terminal.title("Everything goes on running: Ctrl-C stops it");
        terminal.line("  PostgreSQL  " + world.database().url());
        for (var process : world.stack().processes()) {
            terminal.line(
                    "  %-11s %s   health and metrics: %s/q/health, /q/metrics   log: %s"
                            .formatted(
                                    process.name(),
                                    process.url(),
                                    process.managementUrl(),
                                    process.log()));
        }
        terminal.close();
        new CountDownLatch(1).await();
    }

    /// A file of its own for what lies in this module: the command that applies it reads files.
    private static Path resource(String name) throws IOException {
        try (InputStream in = Demo.class.getResourceAsStream("/demo/" + name)) {
            if (in == null) {
                throw new IllegalStateException("no resource demo/" + name);
            }
            Path folder = Files.createTempDirectory("telephony-demo");
            Path file = folder.resolve(name);
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
            // The last that is named goes first.
            folder.toFile().deleteOnExit();
            file.toFile().deleteOnExit();
            return file;
        }
    }
}
