package org.telephonystack.simulator.stack;

import java.nio.file.Path;

/// `./telephony up`: PostgreSQL (unless `DATABASE_URL` names one) and the three services in the foreground on their usual
/// ports, against whatever the environment says. Ctrl-C stops all.
public final class Up {

    private Up() {}

    public static void main(String[] arguments) {
        Path root = StackBuilder.findRoot();
        var stack = Stack.builder(root).inheritEnvironment().usualPorts().onLine(Up::print);
        try {
            if (!stack.says("DATABASE_URL")) {
                stack.database(database(root.resolve(".telephony/database")));
            }
            Stack running = stack.start();
            System.out.println(ready(running));
            System.exit(firstToEnd(running));
        } catch (IllegalStateException | java.io.UncheckedIOException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private static EmbeddedDatabase database(Path folder) {
        var database = EmbeddedDatabase.start(DatabaseSettings.lasting(folder));
        print("database", "PostgreSQL at " + database.url() + ", data in " + database.folder());
        return database;
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
                        .toArray(java.util.concurrent.CompletableFuture[]::new);
        java.util.concurrent.CompletableFuture.anyOf(ends).join();
        for (ServiceProcess process : running.processes()) {
            if (!process.isAlive()) {
                System.err.println(process.name() + " has ended: the others are stopped");
            }
        }
        return 1;
    }

    private static synchronized void print(String name, String line) {
        System.out.printf("%-9s | %s%n", name, line);
    }
}
