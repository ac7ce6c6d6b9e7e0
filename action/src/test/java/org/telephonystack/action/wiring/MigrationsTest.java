package org.telephonystack.action.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.telephonystack.simulator.stack.DatabaseAddress;
import org.telephonystack.simulator.stack.EmbeddedDatabase;

import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/// The schema on an empty database and on one that already holds the tables of the edge functions, with rows.
class MigrationsTest {

    private static EmbeddedDatabase server;
    private static int databases;

    private DatabaseAddress database;
    private Connection connection;

    @BeforeAll
    static void start() {
        server = EmbeddedDatabase.temporary();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void anEmptyDatabase() throws SQLException {
        database = server.createDatabase("migrations" + ++databases);
        connection = database.connect();
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void actionAdoptsADatabaseThatIsNotEmptyFromItsFirstMigrationOn() throws IOException {
        var properties = new Properties();
        try (InputStream file = getClass().getResourceAsStream("/application.properties")) {
            properties.load(file);
        }

        assertThat(properties)
                .containsEntry("quarkus.flyway.migrate-at-start", "true")
                .containsEntry("quarkus.flyway.baseline-on-migrate", "true")
                .containsEntry("quarkus.flyway.baseline-version", "0");
    }

    @Test
    void anEmptyDatabaseGetsEveryTable() throws SQLException {
        migrate();

        assertThat(
                        texts(
                                "select table_name from information_schema.tables where table_schema = 'public'"))
                .contains(
                        "clients",
                        "tickets",
                        "bookings",
                        "business",
                        "services",
                        "resources",
                        "opening_hours",
                        "opening_exceptions",
                        "calls",
                        "call_takeovers",
                        "call_turns",
                        "call_incidents",
                        "stream_tickets",
                        "stream_instances",
                        "tool_calls",
                        "call_tool_requests",
                        "call_events",
                        "sms_outbox",
                        "sms_inbox",
                        "sms_opt_outs",
                        "call_analyses");
    }

    @Test
    void aSecondRunChangesNothing() throws SQLException {
        int first = migrate();
        execute("insert into clients (phone, first_name) values ('+14155550199', 'Anna')");

        assertThat(first).isPositive();
        assertThat(migrate()).isZero();
        assertThat(texts("select first_name from clients")).containsExactly("Anna");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"uuid default gen_random_uuid()", "bigint generated always as identity"})
    void theOriginalsTablesKeepEveryRowAndGetWhatIsMissing(String id) throws SQLException {
        originalTables(id);
        List<String> before = contents();

        migrate();

        assertThat(contents()).isEqualTo(before);
        assertThat(texts("select phone_e164 from clients order by first_name"))
                .containsExactly("+14155550199", "+14155550199", "+4930123456", null);
        assertThat(
                        texts(
                                "select count(*) from bookings where slot is null and resource_id is null and call_sid is null"))
                .containsExactly("3");
        assertThat(texts("select count(*) from tickets where created_at is not null"))
                .containsExactly("2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"uuid default gen_random_uuid()", "bigint generated always as identity"})
    void inTheOriginalsTablesNewBookingsExcludeEachOtherAndOldOnesDoNot(String id)
            throws SQLException {
        originalTables(id);

        migrate();
        execute(
                "insert into resources (id, name) values ('00000000-0000-0000-0000-000000000001', 'chair')");
        book("2026-11-24 10:00+00", "2026-11-24 11:00+00", "confirmed");

        assertThatThrownBy(() -> book("2026-11-24 10:30+00", "2026-11-24 11:30+00", "confirmed"))
                .isInstanceOfSatisfying(
                        SQLException.class,
                        e -> {
                            assertThat(e.getSQLState()).isEqualTo("23P01");
                            assertThat(e.getMessage()).contains("booking_no_overlap");
                        });
        assertThatCode(() -> book("2026-11-24 11:00+00", "2026-11-24 12:00+00", "confirmed"))
                .doesNotThrowAnyException();
        assertThatCode(() -> book("2026-11-24 10:30+00", "2026-11-24 11:30+00", "cancelled"))
                .doesNotThrowAnyException();
    }

    @Test
    void clientsOfAnOlderTableMayStandThereAlone() throws SQLException {
        execute(
                "create table clients (id bigint primary key generated always as identity, phone text, first_name text, last_name text)");
        execute("insert into clients (phone, first_name) values ('+14155550199', 'Anna')");

        migrate();
        execute("insert into tickets (client_id, subject) select id, 'Delivery' from clients");

        assertThat(
                        texts(
                                "select subject from tickets join clients on clients.id = client_id where phone_e164 = '+14155550199'"))
                .containsExactly("Delivery");
    }

    @Test
    void phoneNumbersThatAreThereOnceEachStayUnique() throws SQLException {
        execute(
                "create table clients (id uuid primary key default gen_random_uuid(), phone text, first_name text, last_name text)");
        execute("insert into clients (phone, first_name) values ('+14155550199', 'Anna')");
        migrate();

        assertThatThrownBy(() -> execute("insert into clients (phone) values ('+14155550199')"))
                .hasMessageContaining("clients_phone_once");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "+14155550199, +14155550199",
                "+1 (415) 555-0199, +14155550199",
                "415.555.0199, +14155550199",
                "1-415-555-0199, +14155550199",
                "0049 30 123456, +4930123456",
                "030 123456, none",
                "anonymous, none",
                "'', none",
            })
    void aNumberIsBroughtIntoE164OnlyWhereThatIsCertain(String phone, String e164)
            throws SQLException {
        migrate();
        execute("insert into clients (phone) values ('" + phone + "')");

        assertThat(texts("select phone_e164 from clients")).containsExactly(e164);
    }

    @Test
    void textsThatTookTheSameMessageForTheirsDoNotStopTheMigration() throws SQLException {
        migrateTo("19");
        execute(
                """
                insert into sms_outbox (dedupe_key, recipient, body, state, message_sid, created_at)
                values ('one', '+14155550199', 'x', 'sent', 'SM1', now() - interval '1 minute'),
                       ('two', '+14155550199', 'x', 'sent', 'SM1', now()), ('three', '+14155550199', 'x', 'sent', null, now())
                """);

        migrate();

        assertThat(texts("select dedupe_key from sms_outbox where message_sid = 'SM1'"))
                .containsExactly("one");
        assertThatThrownBy(() ->
                        execute(
                                "update sms_outbox set message_sid = 'SM1' where dedupe_key = 'two'"))
                .hasMessageContaining("sms_outbox_message_once");
    }

    /// As the edge functions left them: a phone number twice, bookings that overlap, no more columns than they needed.
    private void originalTables(String id) throws SQLException {
        String type = id.split(" ", 2)[0];
        execute(
                "create table clients (id "
                        + id
                        + " primary key, phone text, first_name text, last_name text)");
        execute(
                "create table tickets (id "
                        + id
                        + " primary key, client_id "
                        + type
                        + ", subject text, status text)");
        execute(
                "create table bookings (id "
                        + id
                        + " primary key, client_phone text, scheduled_time timestamptz, service_type text, status text)");
        execute(
                "insert into clients (phone, first_name, last_name) values ('+14155550199', 'Anna', 'A'), ('+14155550199', 'Bert', 'B'), "
                        + "('0049 30 123456', 'Carl', 'C'), ('unknown', 'Dora', 'D')");
        execute(
                "insert into tickets (client_id, subject, status) select id, 'Delivery of ' || first_name, 'open' from clients where last_name < 'C'");
        execute(
                "insert into bookings (client_phone, scheduled_time, service_type, status) values "
                        + "('+14155550199', '2026-11-24 10:00+00', 'general', 'confirmed'), ('+4930123456', '2026-11-24 10:00+00', 'general', 'confirmed'), "
                        + "('+14155550199', '2026-11-24 10:15+00', 'general', 'cancelled')");
    }

    private List<String> contents() throws SQLException {
        var all = new ArrayList<String>();
        all.addAll(
                texts(
                        "select row(id, phone, first_name, last_name)::text from clients order by first_name"));
        all.addAll(
                texts(
                        "select row(id, client_id, subject, status)::text from tickets order by subject"));
        all.addAll(
                texts(
                        "select row(id, client_phone, scheduled_time, service_type, status)::text from bookings order by client_phone, scheduled_time"));
        return all;
    }

    private void book(String from, String to, String status) throws SQLException {
        execute(
                """
                insert into bookings (client_phone, scheduled_time, service_type, status, resource_id, slot)
                values ('+14155550199', '%1$s', 'general', '%3$s', '00000000-0000-0000-0000-000000000001', tstzrange('%1$s', '%2$s'))
                """
                        .formatted(from, to, status));
    }

    private void migrateTo(String version) {
        Flyway.configure()
                .dataSource(database.jdbcUrl(), database.user(), database.password())
                .target(version)
                .load()
                .migrate();
    }

    /// With the settings that [#actionAdoptsADatabaseThatIsNotEmptyFromItsFirstMigrationOn()] finds in action.
    private int migrate() {
        return Flyway.configure()
                .dataSource(database.jdbcUrl(), database.user(), database.password())
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .load()
                .migrate()
                .migrationsExecuted;
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> texts(String query) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            var texts = new ArrayList<String>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        }
    }
}
