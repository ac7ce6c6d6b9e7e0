package org.telephonystack.action.booking.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.pgclient.PgBuilder;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;

import jakarta.inject.Inject;

import org.flywaydb.core.Flyway;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.telephonystack.action.booking.AppointmentStore.Decision;
import org.telephonystack.action.booking.AppointmentStore.Done;
import org.telephonystack.action.booking.AppointmentStore.Known;
import org.telephonystack.action.booking.Booking;
import org.telephonystack.action.booking.BookingStore;
import org.telephonystack.action.booking.BookingStore.Booked;
import org.telephonystack.action.booking.Deadline;
import org.telephonystack.action.booking.Slot;
import org.telephonystack.action.wiring.ActionTest;
import org.telephonystack.action.wiring.ActionTestDatabase;
import org.telephonystack.model.CallSid;
import org.telephonystack.model.PhoneNumber;
import org.telephonystack.model.tool.ToolResult;
import org.telephonystack.simulator.stack.DatabaseAddress;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/// The edge functions' tables, whose ids are what somebody chose years ago: booked, moved and cancelled in like our own.
@ActionTest
class OriginalTablesTest {

    private static final PhoneNumber MARIA = new PhoneNumber("+14155550199");

    @Inject Vertx vertx;

    @ParameterizedTest
    @ValueSource(
            strings = {"uuid default gen_random_uuid()", "bigint generated always as identity"})
    void appointmentsAreMadeMovedAndCancelled(String id) throws SQLException {
        DatabaseAddress database = ActionTestDatabase.another("original_" + id.substring(0, 4));
        originalTables(database, id);
        Pool pool = pool(database);
        try {
            var bookings = new PgBookingStore(pool);
            var appointments = new PgAppointmentStore(pool);
            Instant three = Instant.now().truncatedTo(ChronoUnit.HOURS).plus(Duration.ofDays(3));
            Instant four = three.plus(Duration.ofHours(1));

            Booked booked =
                    await(
                            bookings.book(
                                    new BookingStore.Order(
                                            key("a"), "general", slot(three), inTime()),
                                    OriginalTablesTest::answer));
            String made = idOf(((Booked.New) booked).answer());
            Done moved =
                    decide(
                            appointments,
                            "b",
                            known ->
                                    new Decision.Move(
                                            first(known, made),
                                            slot(four),
                                            OriginalTablesTest::answer,
                                            () -> {
                                                throw new AssertionError("taken");
                                            }));
            Done cancelled =
                    decide(
                            appointments,
                            "c",
                            known ->
                                    new Decision.Cancel(
                                            first(known, made), OriginalTablesTest::answer));
            Done old =
                    decide(
                            appointments,
                            "d",
                            known ->
                                    new Decision.Cancel(
                                            known.upcoming().getFirst().id(),
                                            OriginalTablesTest::answer));

            assertThat(((Done.Changed) moved).answer().details())
                    .containsEntry("id", made)
                    .containsEntry("start", four.toString());
            assertThat(idOf(((Done.Changed) cancelled).answer())).isEqualTo(made);
            assertThat(idOf(((Done.Changed) old).answer())).isNotEqualTo(made);
            assertThat(
                            pool.query("select from bookings where status = 'confirmed'")
                                    .execute()
                                    .await()
                                    .atMost(Duration.ofSeconds(20))
                                    .size())
                    .isZero();
        } finally {
            pool.close().await().atMost(Duration.ofSeconds(20));
        }
    }

    private static void originalTables(DatabaseAddress database, String id) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            String type = id.substring(0, id.indexOf(' '));
            statement.execute(
                    "create table clients (id %s primary key, phone text, first_name text, last_name text)"
                            .formatted(id));
            statement.execute(
                    "create table tickets (id %s primary key, client_id %s, subject text, status text)"
                            .formatted(id, type));
            statement.execute(
                    "create table bookings (id %s primary key, client_phone text, scheduled_time timestamptz, service_type text, status text)"
                            .formatted(id));
            statement.execute(
                    "insert into bookings (client_phone, scheduled_time, service_type, status)"
                            + " values ('(415) 555-0199', now() + interval '40 days', 'general', 'confirmed')");
            Flyway.configure()
                    .dataSource(database.jdbcUrl(), database.user(), database.password())
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .load()
                    .migrate();
            statement.execute("insert into resources (name) values ('Chair 1')");
        }
    }

    private Pool pool(DatabaseAddress database) {
        return PgBuilder.pool()
                .connectingTo(
                        new PgConnectOptions()
                                .setHost(database.host())
                                .setPort(database.port())
                                .setDatabase(database.database())
                                .setUser(database.user())
                                .setPassword(database.password()))
                .with(new PoolOptions().setMaxSize(2))
                .using(vertx)
                .build();
    }

    private static Done decide(
            PgAppointmentStore store, String toolCallId, Function<Known, Decision> decide) {
        return await(store.decide(key(toolCallId), "test", inTime(), decide));
    }

    private static String first(Known known, String expected) {
        Booking first = known.upcoming().getFirst();
        assertThat(first.id()).isEqualTo(expected);
        return first.id();
    }

    private static BookingStore.Key key(String toolCallId) {
        return new BookingStore.Key(
                MARIA, Optional.of(new CallSid("CA" + "0d".repeat(16))), Optional.of(toolCallId));
    }

    private static Slot slot(Instant start) {
        Instant end = start.plus(Duration.ofMinutes(30));
        return new Slot(start, end, end);
    }

    private static Deadline inTime() {
        return Deadline.in(Duration.ofSeconds(20));
    }

    private static ToolResult answer(Booking booking) {
        return ToolResult.success(
                "done", Map.of("id", booking.id(), "start", booking.start().toString()));
    }

    private static String idOf(ToolResult answer) {
        return String.valueOf(answer.details().get("id"));
    }

    private static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
    }
}
