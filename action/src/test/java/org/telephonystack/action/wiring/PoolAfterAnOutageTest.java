package org.telephonystack.action.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.telephonystack.simulator.stack.DatabaseAddress;
import org.telephonystack.simulator.stack.EmbeddedDatabase;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/// Vert.x' pool says `Result is already complete` after an outage (eclipse-vertx/vertx-sql-client#1706: the timer of a query
/// that got no connection is not cancelled). Whoever asked has had an answer by then, and the pool is whole.
class PoolAfterAnOutageTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration WAIT_FOR_A_CONNECTION = Duration.ofMillis(300);
    private static final int CONNECTIONS = 3;

    private static EmbeddedDatabase server;

    private final Vertx vertx = Vertx.vertx();
    private final Queue<Throwable> unhandled = new ConcurrentLinkedQueue<>();
    private final Pool pool = pool();

    @BeforeAll
    static void startServer() {
        server = EmbeddedDatabase.temporary();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void oneRowAQuestion() throws SQLException {
        vertx.getDelegate().exceptionHandler(unhandled::add);
        try (var connection = server.address().connect();
                var statement = connection.createStatement()) {
            statement.execute("drop table if exists asked; create table asked (n integer)");
        }
    }

    @AfterEach
    void stop() {
        pool.close().await().atMost(LONG);
        vertx.close().await().atMost(LONG);
    }

    @Test
    void aDatabaseThatRefusedCostsNoConnection() {
        server.stop();
        List<CompletableFuture<?>> asked = ask();
        asked.forEach(PoolAfterAnOutageTest::isAnswered);
        letTimersPass();
        server.start();

        theWholePoolWorks();
        assertThat(unhandled).allSatisfy(PoolAfterAnOutageTest::isTheKnownOne);
    }

    @Test
    void aDatabaseThatFrozeCostsNoConnectionAndDoesNothingTwice() throws SQLException {
        theWholePoolWorks();
        server.suspend();
        try {
            ask().forEach(PoolAfterAnOutageTest::isAnswered);
            letTimersPass();
        } finally {
            server.resume();
        }

        theWholePoolWorks();
        assertThat(unhandled).allSatisfy(PoolAfterAnOutageTest::isTheKnownOne);
        assertThat(count("select count(*) - count(distinct n) from asked")).isZero();
        await().atMost(LONG)
                .until(() ->
                        count(
                                        "select count(*) from pg_stat_activity where datname = current_database() and state like 'idle in%'")
                                == 0);
    }

    /// As our stores ask: by itself and in a transaction, given up after a while.
    private List<CompletableFuture<?>> ask() {
        var asked = new ArrayList<CompletableFuture<?>>();
        IntStream.range(0, 4 * CONNECTIONS)
                .forEach(n -> {
                    String insert = "insert into asked values (" + n + ")";
                    Uni<?> question =
                            n % 2 == 0
                                    ? pool.query(insert).execute()
                                    : pool.withTransaction(
                                            connection -> connection.query(insert).execute());
                    asked.add(
                            question.ifNoItem()
                                    .after(Duration.ofMillis(200))
                                    .fail()
                                    .subscribeAsCompletionStage()
                                    .toCompletableFuture());
                });
        return asked;
    }

    private static void isAnswered(CompletableFuture<?> question) {
        assertThat(question).failsWithin(10, TimeUnit.SECONDS);
    }

    /// The pool's timers are on the event loop: what it does after them it does after theirs.
    private void letTimersPass() {
        Uni.createFrom()
                .emitter(over ->
                        vertx.setTimer(
                                2 * WAIT_FOR_A_CONNECTION.toMillis(), _ -> over.complete(null)))
                .await()
                .atMost(LONG);
    }

    /// All its connections at once, and each of them answers.
    private void theWholePoolWorks() {
        await().atMost(LONG)
                .ignoreExceptions()
                .untilAsserted(() -> {
                    var connections = new ArrayList<SqlConnection>();
                    try {
                        for (int i = 0; i < CONNECTIONS; i++) {
                            connections.add(pool.getConnection().await().atMost(LONG));
                        }
                        for (SqlConnection connection : connections) {
                            assertThat(
                                            connection
                                                    .query("select 1")
                                                    .execute()
                                                    .await()
                                                    .atMost(LONG)
                                                    .size())
                                    .isEqualTo(1);
                        }
                    } finally {
                        connections.forEach(connection -> connection.close().await().atMost(LONG));
                    }
                });
    }

    private static void isTheKnownOne(Throwable failure) {
        assertThat(failure).hasMessage("Result is already complete");
    }

    /// By another way than the pool.
    private long count(String sql) throws SQLException {
        try (var connection = server.address().connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private Pool pool() {
        DatabaseAddress address = server.address();
        return Pool.newInstance(
                PgBuilder.pool()
                        .connectingTo(
                                new PgConnectOptions()
                                        .setHost(address.host())
                                        .setPort(address.port())
                                        .setDatabase(address.database())
                                        .setUser(address.user())
                                        .setPassword(address.password()))
                        .with(
                                new PoolOptions()
                                        .setMaxSize(CONNECTIONS)
                                        .setConnectionTimeout(
                                                (int) WAIT_FOR_A_CONNECTION.toMillis())
                                        .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS))
                        .using(vertx.getDelegate())
                        .build());
    }
}
