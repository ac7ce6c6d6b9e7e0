package org.telephonystack.simulator.stack;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// A PostgreSQL server of our own as child process, for tests, the demo and `./telephony up`. Stopped with [#close()], at
/// the latest when this process ends.
///
/// Not safe for several threads; the server is, of course.
public final class EmbeddedDatabase implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
    private static final String USER = "telephony";
    private static final String DATABASE = "telephony";

    private final DatabaseSettings settings;
    private final PostgresUser user;
    private final Path binaries;
    private final Path folder;
    private final String password;
    private int port;
    private @Nullable Process process;

    private EmbeddedDatabase(
            DatabaseSettings settings,
            PostgresUser user,
            Path binaries,
            Path folder,
            String password) {
        this.settings = settings;
        this.user = user;
        this.binaries = binaries;
        this.folder = folder;
        this.password = password;
        this.port = settings.port();
    }

    /// With settings for tests: any port, nothing synced to disk, a session time zone that is not UTC.
    ///
    /// @param folder holds the data, which a later start finds again
    public static EmbeddedDatabase start(Path folder) {
        return start(DatabaseSettings.forTests(folder));
    }

    /// In a new temporary folder that goes with it.
    public static EmbeddedDatabase temporary() {
        try {
            return start(
                    DatabaseSettings.forTests(Files.createTempDirectory("telephony-database-"))
                            .withDeletedAtEnd());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static EmbeddedDatabase start(DatabaseSettings settings) {
        try {
            var user =
                    settings.user().isPresent()
                            ? PostgresUser.asRoot(settings.user().get())
                                    .orElseThrow(() ->
                                            new IOException(
                                                    "this machine has no way "
                                                            + settings.user().get()))
                            : PostgresUser.find();
            var started = prepared(settings, user);
            AtExit.stop(started);
            started.start();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not start: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while PostgreSQL started", e);
        }
    }

    private static EmbeddedDatabase prepared(DatabaseSettings settings, PostgresUser user)
            throws IOException, InterruptedException {
        Path binaries = PostgresBinaries.unpacked();
        Path folder = settings.folder().toAbsolutePath();
        if (!user.reaches(folder)) {
            folder =
                    Path.of(System.getProperty("java.io.tmpdir"))
                            .resolve(
                                    "telephony-database-"
                                            + Integer.toHexString(folder.toString().hashCode()));
        }
        Files.createDirectories(folder);
        Path passwordFile = folder.resolve("password");
        if (!Files.exists(folder.resolve("data/PG_VERSION"))) {
            Folders.delete(folder.resolve("data"));
            Files.writeString(passwordFile, Secrets.random());
            Files.setPosixFilePermissions(
                    passwordFile, PosixFilePermissions.fromString("rw-------"));
            user.own(folder);
            user.own(passwordFile);
            initialise(user, binaries, folder);
        }
        String password = Files.readString(passwordFile).strip();
        return new EmbeddedDatabase(settings, user, binaries, folder, password);
    }

    private static void initialise(PostgresUser user, Path binaries, Path folder)
            throws IOException, InterruptedException {
        var arguments =
                List.of(
                        "--pgdata=" + folder.resolve("data"),
                        "--username=" + USER,
                        "--pwfile=" + folder.resolve("password"),
                        "--auth=scram-sha-256",
                        "--encoding=UTF8",
                        "--locale=C",
                        "--locale-provider=builtin",
                        "--builtin-locale=C.UTF-8",
                        "--no-sync");
        Path log = folder.resolve("initdb.log");
        Process initdb =
                builder(user.command(binaries.resolve("bin/initdb"), arguments), folder, log)
                        .start();
        if (!initdb.waitFor(START_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            initdb.destroyForcibly();
            throw new IOException("initdb took longer than " + START_LIMIT);
        }
        if (initdb.exitValue() != 0) {
            throw new IOException("initdb failed: " + tail(log));
        }
    }

    private static ProcessBuilder builder(List<String> command, Path folder, Path log) {
        var builder =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("LC_ALL", "C");
        return builder;
    }

    /// Starts it again after [#stop()], on the same port.
    public void start() {
        if (isRunning()) {
            return;
        }
        try {
            startOnce();
        } catch (IOException e) {
            throw new UncheckedIOException("PostgreSQL did not start: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while PostgreSQL started", e);
        }
    }

    private void startOnce() throws IOException, InterruptedException {
        boolean anyPort = port == 0;
        for (int attempt = 1; ; attempt++) {
            if (anyPort) {
                port = Ports.free();
            }
            Path log = folder.resolve("postgres.log");
            Files.deleteIfExists(log);
            var server = builder(serverCommand(), folder, log).start();
            process = server;
            if (isReady(server)) {
                return;
            }
            String said = tail(log);
            stop();
            if (!anyPort || attempt == 5 || !said.contains("could not bind")) {
                throw new IOException(said);
            }
        }
    }

    private List<String> serverCommand() {
        var arguments =
                new ArrayList<>(
                        List.of(
                                "-D",
                                folder.resolve("data").toString(),
                                "-p",
                                Integer.toString(port),
                                "-c",
                                "listen_addresses=127.0.0.1",
                                "-c",
                                "unix_socket_directories=",
                                "-c",
                                "timezone=" + settings.timeZone(),
                                "-c",
                                "max_connections=200",
                                "-c",
                                "shared_buffers=64MB"));
        String statements = System.getProperty("telephony.postgres.statements");
        if (statements != null) {
            arguments.addAll(SqlLog.settings(Path.of(statements), port));
        }
        if (!settings.durable()) {
            for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
                arguments.addAll(List.of("-c", setting + "=off"));
            }
        }
        return user.command(binaries.resolve("bin/postgres"), arguments);
    }

    private boolean isReady(Process server) throws InterruptedException {
        Instant limit = Instant.now().plus(START_LIMIT);
        do {
            try (Connection connection = at("postgres").connect();
                    var statement = connection.createStatement()) {
                try (var found =
                        statement.executeQuery(
                                "select from pg_database where datname = '" + DATABASE + "'")) {
                    if (found.next()) {
                        return true;
                    }
                }
                statement.execute("create database " + DATABASE);
                return true;
            } catch (SQLException _) {
                // not yet
            }
        } while (!server.waitFor(30, TimeUnit.MILLISECONDS) && Instant.now().isBefore(limit));
        return false;
    }

    public DatabaseAddress address() {
        return at(DATABASE);
    }

    /// See [DatabaseAddress#url()].
    public String url() {
        return address().url();
    }

    public String jdbcUrl() {
        return address().jdbcUrl();
    }

    public Connection connect() throws SQLException {
        return address().connect();
    }

    /// A further, empty database on this server: tests need not share one.
    public DatabaseAddress createDatabase(String name) {
        try (Connection connection = connect();
                var statement = connection.createStatement()) {
            statement.execute("create database \"" + name + "\"");
            return at(name);
        } catch (SQLException e) {
            throw new IllegalStateException("database " + name + " not created", e);
        }
    }

    private DatabaseAddress at(String database) {
        return new DatabaseAddress("127.0.0.1", port, database, USER, password);
    }

    public boolean isRunning() {
        return process != null && process.isAlive();
    }

    /// The folder that holds the data; another than asked for where PostgreSQL's user cannot get there.
    public Path folder() {
        return folder;
    }

    /// The server freezes: connections stay open and new ones are taken, nothing is answered until [#resume()].
    public void suspend() {
        signal("STOP", pids());
    }

    public void resume() {
        signal("CONT", pids());
    }

    /// The server goes, its connections break, its port refuses; [#start()] brings it back on the same port.
    public void stop() {
        var server = process;
        if (server == null) {
            return;
        }
        process = null;
        List<Long> all = pids(server);
        signal("CONT", all);
        signal("INT", all.isEmpty() ? List.of() : List.of(serverPid(server)));
        try {
            if (!server.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                signal("KILL", all);
                server.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            server.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        AtExit.forget(this);
        stop();
        if (settings.deletedAtEnd()) {
            try {
                Folders.delete(folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private List<Long> pids() {
        return pids(Objects.requireNonNull(process, "PostgreSQL is not running"));
    }

    /// The server first: once it is stopped it makes no new children.
    private static List<Long> pids(Process server) {
        var pids = new ArrayList<Long>();
        if (server.isAlive()) {
            pids.add(server.pid());
            server.descendants().map(ProcessHandle::pid).forEach(pids::add);
        }
        return pids;
    }

    /// Where `su` stands between us and the server, the child we know is not the server.
    private long serverPid(Process child) {
        try {
            return Long.parseLong(
                    Files.readAllLines(folder.resolve("data/postmaster.pid")).getFirst().strip());
        } catch (IOException | NumberFormatException _) {
            return child.pid();
        }
    }

    private static void signal(String name, List<Long> pids) {
        try {
            Commands.signal(name, pids);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String tail(Path log) throws IOException {
        if (!Files.exists(log)) {
            return "it said nothing";
        }
        List<String> lines = List.of(Files.readString(log, StandardCharsets.UTF_8).split("\n"));
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
    }
}
