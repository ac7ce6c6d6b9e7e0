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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.telephonystack.model.CallSid;
import org.telephonystack.model.EndReason;
import org.telephonystack.model.StreamSid;
import org.telephonystack.model.ticket.StreamTicket;
import org.telephonystack.simulator.stack.DatabaseAddress;
import org.telephonystack.simulator.stack.EmbeddedDatabase;
import org.telephonystack.stream.call.CallStart;
import org.telephonystack.stream.call.ModelEvent.Transcribed;
import org.telephonystack.stream.call.ModelEvent.Usage;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
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
    private PatientWriter patient = patient();

    private final JournalEvents told =
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

    @BeforeAll
    void aDatabase() {
        database = server.createDatabase("calls");
        Flyway.configure().dataSource(database.jdbcUrl(), null, null).load().migrate();
        pool = pool(database);
    }

    @BeforeEach
    void nothingYet() throws SQLException {
        patient = patient();
        events.clear();
        text("with gone as (delete from calls), unpaid as (delete from call_usage) select 1");
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

    /// Whoever said goodbye while the server was started anew would count as lost otherwise, and be told so by text.
    @Test
    void aGoodbyeThatTheDatabaseMissedIsWrittenWhenItIsBack() throws SQLException {
        PgCallJournal journal = journal(UUID.randomUUID(), 1);
        journal.started(start(1));
        await().atMost(SOON).until(() -> text("select count(*) from calls").equals("1"));

        server.stop();
        CompletableFuture<?> ended = journal.ended(EndReason.ASSISTANT_ENDED).toCompletableFuture();
        try {
            await().atMost(SOON).until(() -> events.contains("ended"));
            assertThat(ended).isNotDone();
        } finally {
            server.start();
        }

        await().atMost(SOON).until(ended::isDone);
        assertThat(text("select end_reason from calls")).isEqualTo("assistant_ended");
        assertThat(events).containsExactly("ended");
    }

    @Test
    void anEndThatComesLateLeavesTheNextAttemptAlone() throws SQLException {
        PgCallJournal first = journal(UUID.randomUUID(), 1);
        first.started(start(1));
        await().atMost(SOON).until(() -> text("select count(*) from calls").equals("1"));
        admin("alter database calls allow_connections false");
        admin("select pg_terminate_backend(pid) from pg_stat_activity where datname = 'calls'");
        CompletableFuture<?> late = first.ended(EndReason.HANDED_OVER).toCompletableFuture();
        await().atMost(SOON).until(() -> events.contains("ended"));

        admin("alter database calls allow_connections true");
        journal(UUID.randomUUID(), 2).started(start(2));
        await().atMost(SOON).until(() -> late.isDone() && carrier().endsWith(" 2"));

        assertThat(text("select coalesce(end_reason, 'none') from calls")).isEqualTo("none");
    }

    @Test
    void whatACallTookIsCountedWholeThoughTheDatabaseWasAway() throws SQLException {
        PgCallJournal journal = journal(UUID.randomUUID(), 1);
        server.stop();
        try {
            journal.used(new Usage(1, 0, 0, 0, 0, 10));
            await().atMost(SOON).until(() -> events.contains("usage"));
            journal.used(new Usage(2, 0, 0, 0, 0, 20));
            journal.transcribed(new Transcribed(0, 5, 0, 1.5));
        } finally {
            server.start();
        }

        await().atMost(SOON)
                .until(() ->
                        text("select concat(sum(responses), ' ', sum(text_in), ' ', sum(audio_out),"
                                        + " ' ', sum(transcribed_audio_in)) from call_usage")
                                .equals("2 3 30 5"));
        assertThat(events).containsExactly("usage");
    }

    @Test
    void whatIsNotWrittenWhenTheProcessLeavesIsToldOf() throws SQLException {
        PgCallJournal journal = journal(UUID.randomUUID(), 1);
        server.stop();
        try {
            CompletableFuture<?> ended =
                    journal.ended(EndReason.ASSISTANT_ENDED).toCompletableFuture();
            await().atMost(SOON).until(() -> events.contains("ended"));
            journal.used(new Usage(1, 0, 0, 0, 0, 10));
            await().atMost(SOON).until(() -> events.contains("usage"));
            journal.used(new Usage(2, 0, 0, 0, 0, 20));

            patient.finish(Duration.ofMillis(50)).await().atMost(SOON);

            assertThat(ended).isDone();
            // The second response was waiting behind the first.
            assertThat(events)
                    .containsOnlyOnce("ended_lost")
                    .filteredOn("usage_lost"::equals)
                    .hasSize(2);
        } finally {
            server.start();
        }
        // And it stays lost: what comes later finds a book without it.
        PgCallJournal next = journal(UUID.randomUUID(), 1);
        next.used(new Usage(4, 0, 0, 0, 0, 40));
        await().atMost(SOON)
                .until(() ->
                        text("select concat(count(*), ' ', sum(text_in)) from call_usage")
                                .equals("1 4"));
    }

    private PgCallJournal journal(UUID instance, int attempt) {
        var turns = new TurnWriter(new io.vertx.mutiny.core.Vertx(vertx), pool, told);
        return new PgCallJournal(pool, turns, patient, told, instance, start(attempt));
    }

    private PatientWriter patient() {
        return new PatientWriter(
                pool, told, new PatientWriter.Pace(Duration.ofMillis(50), Duration.ofMinutes(1)));
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
