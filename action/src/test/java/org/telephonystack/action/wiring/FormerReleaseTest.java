package org.telephonystack.action.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.telephonystack.simulator.stack.DatabaseAddress;
import org.telephonystack.simulator.stack.EmbeddedDatabase;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// While a deployment runs, and after a rollback, the services of the release before work on the schema of today. So PostgreSQL takes each
/// of their statements, recorded when that release was made, and each of their rows has what a row needs.
class FormerReleaseTest {

    private static final Pattern INSERT =
            Pattern.compile("insert into (\\w+)(?: as \\w+)? \\(([^)]*)\\)");

    private static EmbeddedDatabase server;
    private static DatabaseAddress today;

    @BeforeAll
    static void migrate() {
        server = EmbeddedDatabase.temporary();
        today = migrated("today");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void theSchemaOfTodayTakesEveryStatementOfTheReleaseBefore() throws Exception {
        assertThat(statements()).hasSizeGreaterThan(50);
        assertThat(refused(today)).isEmpty();
    }

    @Test
    void aColumnThatIsGoneWouldBeFound() throws Exception {
        DatabaseAddress contracted = migrated("contracted");
        try (Connection connection = contracted.connect();
                var statement = connection.createStatement()) {
            statement.execute("alter table messages rename column body to words");
        }

        assertThat(refused(contracted)).isNotEmpty().allMatch(it -> it.contains("\"body\""));
    }

    @Test
    void everyRowOfTheReleaseBeforeHasWhatARowOfTodayNeeds() throws Exception {
        assertThat(needed("messages")).as("what is asked finds something").contains("body");
        List<String> missing = new ArrayList<>();
        for (String statement : statements()) {
            Matcher insert = INSERT.matcher(statement);
            while (insert.find()) {
                Set<String> given = Set.of(insert.group(2).trim().split("\\s*,\\s*"));
                needed(insert.group(1)).stream()
                        .filter(column -> !given.contains(column))
                        .map(column -> insert.group(1) + "." + column)
                        .forEach(missing::add);
            }
        }

        assertThat(missing).isEmpty();
    }

    private static DatabaseAddress migrated(String name) {
        DatabaseAddress database = server.createDatabase(name);
        Flyway.configure().dataSource(database.jdbcUrl(), null, null).load().migrate();
        return database;
    }

    private static List<String> refused(DatabaseAddress database) throws Exception {
        List<String> refused = new ArrayList<>();
        try (Connection connection = database.connect()) {
            for (String statement : statements()) {
                why(connection, statement).ifPresent(why -> refused.add(why + ": " + statement));
            }
        }
        return refused;
    }

    /// Parsed and its types found, not run.
    private static Optional<String> why(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("prepare former as " + sql);
            statement.execute("deallocate former");
            return Optional.empty();
        } catch (SQLException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    /// Columns that a row must name.
    private static List<String> needed(String table) throws SQLException {
        List<String> columns = new ArrayList<>();
        try (Connection connection = today.connect();
                var query =
                        connection.prepareStatement(
                                "select column_name from information_schema.columns where table_name = ? and is_nullable = 'NO'"
                                        + " and column_default is null and is_identity = 'NO' and is_generated = 'NEVER'")) {
            query.setString(1, table);
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    columns.add(rows.getString(1));
                }
            }
        }
        return columns;
    }

    private static List<String> statements() throws IOException {
        try (InputStream file =
                FormerReleaseTest.class.getResourceAsStream("/former-release.sql")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("--"))
                    .toList();
        }
    }
}
