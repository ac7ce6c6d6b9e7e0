package org.telephonystack.stream.call.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;

import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.telephonystack.model.CallSid;
import org.telephonystack.model.EndReason;
import org.telephonystack.model.StreamSid;
import org.telephonystack.model.ticket.StreamTicket;
import org.telephonystack.simulator.stack.DatabaseAddress;
import org.telephonystack.simulator.stack.EmbeddedDatabase;
import org.telephonystack.stream.call.CallStart;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PgCallJournalTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final Vertx vertx = Vertx.vertx();
    private final EmbeddedDatabase server = EmbeddedDatabase.temporary();
    private final Queue<String> events = new ConcurrentLinkedQueue<>();
    private DatabaseAddress database = server.address();
    private Pool pool = pool(database);

    @BeforeAll
    void aDatabase() {
        database = server.createDatabase("calls");
        Flyway.configure().dataSource(database.jdbcUrl(), null, null).load().migrate();
        pool = pool(database);
    }

    @AfterAll
    void stop() throws Exception {
        pool.closeAndAwait();
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        server.close();
    }

    /// Its process died while the database was away, and frontdoor connected it to another one without asking anybody.
    @Test
    void aCallThatWasTakenUpInAnOutageIsTheNewProcessesOnceItIsOver() throws SQLException {
        UUID dead = UUID.randomUUID();
        UUID alive = UUID.randomUUID();
        journal(dead, 1).started(start(1));
        await().atMost(SOON).until(() -> carrier().equals(dead + " 1"));
        admin("alter database calls allow_connections false");
        admin("select pg_terminate_backend(pid) from pg_stat_activity where datname = 'calls'");

        PgCallJournal second = journal(alive, 2);
        second.started(start(2));
        await().atMost(SOON).until(() -> events.contains("started"));
        admin("alter database calls allow_connections true");

        await().atMost(SOON).until(() -> carrier().equals(alive + " 2"));
        assertThat(events).containsExactly("started");
        second.ended(EndReason.ASSISTANT_ENDED).toCompletableFuture().join();
        assertThat(text("select end_reason from calls")).isEqualTo("assistant_ended");
    }

    private PgCallJournal journal(UUID instance, int attempt) {
        var told =
                new JournalEvents() {
                    @Override
                    public void notWritten(String what, CallSid callSid, Throwable cause) {
                        events.add(what);
                    }

                    @Override
                    public void turnsWait(int queued, Throwable cause) {}

                    @Override
                    public void turnsDropped(int count, String why) {}
                };
        var turns = new TurnWriter(new io.vertx.mutiny.core.Vertx(vertx), pool, told);
        return new PgCallJournal(pool, turns, told, instance, start(attempt));
    }

    private static CallStart start(int attempt) {
        return new CallStart(
                new CallSid("CA" + "5e".repeat(16)),
                new StreamSid("MZ" + attempt),
                "+14155550199",
                "+18005550123",
                new StreamTicket(StreamTicket.Kind.RESUME, attempt, "n", Instant.EPOCH),
                Instant.EPOCH);
    }

    private String carrier() throws SQLException {
        return text("select concat(max(instance_id::text), ' ', max(attempt)) from calls");
    }

    private String text(String sql) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private void admin(String sql) throws SQLException {
        try (var connection = server.address().connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Pool pool(DatabaseAddress address) {
        return Pool.newInstance(
                PgBuilder.pool()
                        .connectingTo(PgConnectOptions.fromUri(address.url()))
                        .with(new PoolOptions().setMaxSize(2))
                        .using(vertx)
                        .build());
    }
}
