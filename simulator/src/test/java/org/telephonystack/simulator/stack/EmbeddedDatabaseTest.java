package org.telephonystack.simulator.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/// One server for what any server can show; a server of its own for each way to run one.
class EmbeddedDatabaseTest {

    private static EmbeddedDatabase shared;
    private static @Nullable Path outside;

    @BeforeAll
    static void start() {
        shared = EmbeddedDatabase.temporary();
    }

    @AfterAll
    static void stop() throws IOException {
        shared.close();
        if (outside != null) {
            Folders.delete(outside);
        }
    }

    /// Asked by a connection within the server, for the JDBC driver sets the zone of its JVM.
    @Test
    void theSessionTimeZoneOfTestsIsNotUtc() throws SQLException {
        var address = shared.createDatabase("zone");
        try (var connection = address.connect();
                var statement = connection.createStatement()) {
            statement.execute("create extension dblink");
            var zone =
                    statement.executeQuery(
                            "select zone from dblink('%s', 'show timezone') as answer(zone text)"
                                    .formatted(address.url()));
            zone.next();

            assertThat(zone.getString(1)).isEqualTo("Asia/Kolkata");
        }
    }

    @Test
    void theUrlHasTheFormOfDatabaseUrl() {
        assertThat(shared.url())
                .matches("postgresql://telephony:[0-9a-f]{32}@127\\.0\\.0\\.1:\\d+/telephony");
    }

    @Test
    void aWrongPasswordIsRefused() {
        var address = shared.address();
        var wrong =
                new DatabaseAddress(
                        address.host(),
                        address.port(),
                        address.database(),
                        address.user(),
                        "wrong");

        assertThatThrownBy(wrong::connect).hasMessageContaining("password authentication failed");
    }

    @Test
    void everyFurtherDatabaseIsEmptyAndApart() throws SQLException {
        try (var one = shared.createDatabase("one").connect();
                var two = shared.createDatabase("two").connect()) {
            execute(one, "create table mine (id integer)");

            assertThatThrownBy(() -> execute(two, "select * from mine"))
                    .hasMessageContaining("does not exist");
        }
    }

    @Test
    void whatTheMigrationsNeedIsThere() throws SQLException {
        try (var connection = shared.connect()) {
            execute(connection, "create extension if not exists btree_gist");
        }
    }

    @Test
    void aSuspendedServerAnswersNothingUntilItIsResumed() throws Exception {
        try (var connection = shared.connect()) {
            shared.suspend();
            var answer = CompletableFuture.supplyAsync(() -> execute(connection, "select 1"));

            assertThatThrownBy(() -> answer.get(300, TimeUnit.MILLISECONDS))
                    .isInstanceOf(TimeoutException.class);
            shared.resume();
            assertThat(answer.get(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            shared.resume();
        }
    }

    @Test
    void aStoppedServerComesBackOnTheSamePortAndALaterOneFindsTheData(@TempDir Path folder)
            throws SQLException {
        String password;
        try (var database = EmbeddedDatabase.start(folder)) {
            try (var connection = database.connect()) {
                execute(connection, "create table kept as select 42 as answer");
            }
            String url = database.url();

            database.stop();
            assertThatThrownBy(database::connect).isInstanceOf(SQLException.class);
            database.start();

            assertThat(database.url()).isEqualTo(url);
            assertThat(execute(database.connect(), "select answer from kept")).isTrue();
            password = database.address().password();
        }
        try (var later = EmbeddedDatabase.start(folder);
                var connection = later.connect()) {
            assertThat(execute(connection, "select answer from kept")).isTrue();
            assertThat(later.address().password()).isEqualTo(password);
        }
    }

    @Test
    void aPortThatIsTakenIsNamedInTheFailure(@TempDir Path folder) {
        var settings = DatabaseSettings.forTests(folder).withPort(shared.address().port());

        assertThatThrownBy(() -> EmbeddedDatabase.start(settings))
                .hasMessageContaining("could not bind");
    }

    @Test
    void rootWithNamespacesRunsItUnshared(@TempDir Path folder) throws Exception {
        assumeRoot();
        assumeTrue(
                PostgresUser.asRoot(RunAs.UNSHARED).isPresent(),
                "this machine lets not even root make a user namespace");

        try (var database =
                EmbeddedDatabase.start(
                        DatabaseSettings.forTests(folder).withUser(RunAs.UNSHARED))) {
            assertWorks(database);
        }
    }

    @Test
    void rootWithoutNamespacesRunsItAsAnotherUser(@TempDir Path folder) throws Exception {
        assumeRoot();
        assumeTrue(
                PostgresUser.asRoot(RunAs.UNPRIVILEGED).isPresent(),
                "this machine has no setpriv, runuser or su, or root may not change its user");

        try (var database =
                EmbeddedDatabase.start(
                        DatabaseSettings.forTests(folder).withUser(RunAs.UNPRIVILEGED))) {
            assertWorks(database);
            assertThat(Files.getOwner(database.folder().resolve("data")).getName())
                    .isNotEqualTo("root");
        }
    }

    @Test
    void aFolderTheOtherUserCannotReachIsReplacedByOneItCan(@TempDir Path closed) throws Exception {
        assumeRoot();
        assumeTrue(
                PostgresUser.asRoot(RunAs.UNPRIVILEGED).isPresent(),
                "root may not change its user");
        var settings =
                DatabaseSettings.forTests(Files.createDirectory(closed.resolve("inside")))
                        .withUser(RunAs.UNPRIVILEGED)
                        .withDeletedAtEnd();
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));

        try (var database = EmbeddedDatabase.start(settings)) {
            assertWorks(database);
            assertThat(database.folder()).isNotEqualTo(settings.folder());
        }
    }

    @Test
    void rootFallsBackToAnotherUserWhereUnshareFails() throws Exception {
        assumeRoot();
        assumeTrue(
                PostgresUser.asRoot(RunAs.UNPRIVILEGED).isPresent(),
                "root may not change its user");
        Path stubs = Files.createDirectory(outside().resolve("stubs"));
        Path unshare = Files.writeString(stubs.resolve("unshare"), "#!/bin/sh\nexit 1\n");
        Files.setPosixFilePermissions(unshare, PosixFilePermissions.fromString("rwxr-xr-x"));
        var trial = new ProcessBuilder(trial(outside()));
        trial.environment().merge("PATH", stubs.toString(), (path, stub) -> stub + ":" + path);

        assertThat(said(trial)).contains("it works, server run by nobody");
    }

    /// The whole of it in a Java of its own, started as that user.
    @Test
    void anOrdinaryUserRunsItAsItself() throws Exception {
        if (!isRoot()) {
            assertThat(PostgresUser.find().how()).isEqualTo(RunAs.OURSELVES);
            return;
        }
        Optional<PostgresUser> user = PostgresUser.asRoot(RunAs.UNPRIVILEGED);
        assumeTrue(
                user.isPresent(),
                "this machine has no setpriv, runuser or su, or root may not change its user");
        Path java = Path.of(System.getProperty("java.home"), "bin/java");
        assumeTrue(user.get().reaches(java), "other users cannot get at this JDK: " + java);
        user.get().own(outside());
        List<String> command = trial(outside());

        String said =
                said(
                        new ProcessBuilder(
                                user.get().command(java, command.subList(1, command.size()))));

        assertThat(said).contains("it works, server run by " + user.get().name().orElseThrow());
    }

    /// A folder that every user can read, with our classes in it: the repository may lie in root's home.
    private static Path outside() throws IOException {
        if (outside == null) {
            outside = Files.createTempDirectory("telephony-trial-");
            Files.setPosixFilePermissions(outside, PosixFilePermissions.fromString("rwxr-xr-x"));
            String classPath = StackTest.classPath();
            int number = 0;
            for (String entry : classPath.split(File.pathSeparator)) {
                Path from = Path.of(entry);
                if (Files.exists(from)) {
                    copy(from, outside.resolve(++number + (Files.isDirectory(from) ? "" : ".jar")));
                }
            }
        }
        return outside;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var paths = Files.walk(from)) {
            for (Path path : paths.toList()) {
                Files.copy(
                        path,
                        to.resolve(from.relativize(path).toString()),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static List<String> trial(Path outside) throws IOException {
        try (var entries = Files.list(outside)) {
            String classPath =
                    entries.map(Path::toString).collect(Collectors.joining(File.pathSeparator));
            return List.of(
                    Path.of(System.getProperty("java.home"), "bin/java").toString(),
                    "-cp",
                    classPath,
                    DatabaseTrial.class.getName());
        }
    }

    private static String said(ProcessBuilder builder) throws IOException, InterruptedException {
        Process child = builder.directory(outside().toFile()).redirectErrorStream(true).start();
        String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        child.waitFor();
        return said;
    }

    private static void assertWorks(EmbeddedDatabase database) throws SQLException {
        try (var connection = database.connect()) {
            execute(connection, "create table works as select 1 as one");
        }
    }

    private static boolean execute(Connection connection, String sql) {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
            return true;
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    private static boolean isRoot() throws InterruptedException {
        return Commands.output(List.of("id", "-u")).equals(Optional.of("0"));
    }

    private static void assumeRoot() throws InterruptedException {
        assumeTrue(isRoot(), "only root has to become somebody else");
    }
}
