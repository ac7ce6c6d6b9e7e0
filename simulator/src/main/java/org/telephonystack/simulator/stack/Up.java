package org.telephonystack.simulator.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;

/// `./telephony up`: PostgreSQL (unless `DATABASE_URL` names one) and the three services in the foreground on their usual
/// ports, against whatever the environment says. Ctrl-C stops all.
public final class Up {

    private Up() {}

    public static void main(String[] arguments) {
        Path root = StackBuilder.findRoot();
        var stack = Stack.builder(root).inheritEnvironment().usualPorts().onLine(Up::print);
        try {
            if (!stack.says("DATABASE_URL")) {
                EmbeddedDatabase database = database(home(root).resolve("database"));
                stack.database(database);
                stack.afterMigration(it -> applyExample(it, database, root));
            }
            Stack running = stack.start();
            System.out.println(ready(running));
            System.exit(firstToEnd(running));
        } catch (IllegalStateException | UncheckedIOException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static EmbeddedDatabase database(Path folder) {
        var database = EmbeddedDatabase.start(DatabaseSettings.lasting(folder));
        print("database", "PostgreSQL at " + database.url() + ", data in " + database.folder());
        tellOtherCommands(folder.resolveSibling("database-url"), database.url());
        return database;
    }

    /// Where the embedded server keeps its data between two starts.
    private static Path home(Path root) {
        String home = System.getenv("TELEPHONY_HOME");
        return home == null || home.isBlank() ? root.resolve(".telephony") : Path.of(home);
    }

    /// A receptionist of nobody can book nothing: a database of our own that knows no business gets the example. Somebody
    /// else's database is never written to.
    private static void applyExample(Stack stack, EmbeddedDatabase database, Path root) {
        if (hasBusiness(database)) {
            return;
        }
        Path example = root.resolve("simulator/src/main/resources/demo/business.json");
        stack.run("business", "apply", example.toString());
        print(
                "database",
                "no business was there: the example is applied (Riverside Dental); yours comes with"
                        + " ./telephony business apply FILE");
    }

    private static boolean hasBusiness(EmbeddedDatabase database) {
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select from business")) {
            return rows.next();
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "the embedded database does not answer: " + e.getMessage(), e);
        }
    }

    /// `./telephony business apply` in another window finds this server by this file.
    private static void tellOtherCommands(Path file, String url) {
        try {
            Files.deleteIfExists(file);
            Files.createFile(
                    file,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, url);
        } catch (IOException e) {
            throw new UncheckedIOException("not written: " + file, e);
        }
        AtExit.stop(() -> Files.deleteIfExists(file));
    }

    private static String ready(Stack running) {
        return "ready | frontdoor: %s/voice-frontdoor | stream: %s/voice-stream | action: %s/voice-action"
                .formatted(
                        running.publicUrl(Service.FRONTDOOR),
                        webSocket(running.publicUrl(Service.STREAM).toString()),
                        running.publicUrl(Service.ACTION));
    }

    private static String webSocket(String url) {
        return url.replaceFirst("^http", "ws");
    }

    /// A stack with a service missing is none: whoever watches this command may start it anew.
    private static int firstToEnd(Stack running) {
        var ends =
                running.processes().stream()
                        .map(process ->
                                ProcessHandle.of(process.pid())
                                        .map(ProcessHandle::onExit)
                                        .orElseThrow())
                        .toArray(CompletableFuture[]::new);
        CompletableFuture.anyOf(ends).join();
        for (ServiceProcess process : running.processes()) {
            if (!process.isAlive() && !AtExit.isStopping()) {
                System.err.println(process.name() + " has ended: the others are stopped");
            }
        }
        return 1;
    }

    private static synchronized void print(String name, String line) {
        System.out.printf("%-9s | %s%n", name, line);
    }
}
