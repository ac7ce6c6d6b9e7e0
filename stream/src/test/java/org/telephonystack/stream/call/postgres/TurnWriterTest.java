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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.telephonystack.model.CallSid;
import org.telephonystack.simulator.stack.DatabaseAddress;
import org.telephonystack.simulator.stack.EmbeddedDatabase;
import org.telephonystack.stream.call.CallJournal.Incident;
import org.telephonystack.stream.call.CallJournal.Speaker;
import org.telephonystack.stream.call.CallJournal.ToolRequest;
import org.telephonystack.stream.call.CallJournal.Turn;
import org.telephonystack.stream.call.postgres.TurnWriter.Pace;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TurnWriterTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final Vertx vertx = Vertx.vertx();
    private final EmbeddedDatabase server = EmbeddedDatabase.temporary();
    private final Queue<String> events = new ConcurrentLinkedQueue<>();
    private DatabaseAddress database = server.address();
    private Pool pool = pool(database);

    @BeforeAll
    void aDatabase() {
        database = server.createDatabase("journal");
        Flyway.configure().dataSource(database.jdbcUrl(), null, null).load().migrate();
        pool = pool(database);
    }

    @AfterAll
    void stop() throws Exception {
        pool.closeAndAwait();
        vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        server.close();
    }

    @Test
    void nothingIsLostWhileTheDatabaseIsAway() throws SQLException {
        var call = new CallSid("CA" + "1a".repeat(16));
        var writer = writer(10_000);
        admin("alter database journal allow_connections false");
        admin("select pg_terminate_backend(pid) from pg_stat_activity where datname = 'journal'");

        writer.write(call, 1, turn(1, "said"));
        await().atMost(SOON).until(() -> events.contains("waits"));
        for (int seq = 2; seq <= 1_000; seq++) {
            writer.write(call, 1, turn(seq, "said"));
        }
        writer.write(call, 1, incident());
        admin("alter database journal allow_connections true");

        await().atMost(SOON).until(() -> writer.queued() == 0 && count(call) == 1_000);
        await().atMost(SOON).until(() -> incidents(call) == 1);
        assertThat(events).containsOnly("waits");
    }

    @Test
    void aLineThatIsRefusedCostsNoOther() throws SQLException {
        var call = new CallSid("CA" + "2b".repeat(16));
        var writer = writer(10_000);

        writer.write(call, 1, turn(1, "said"));
        writer.write(call, 1, new Incident(1, "no such kind", Map.of(), Instant.EPOCH));
        writer.write(call, 1, turn(2, "said"));
        writer.write(call, 1, new Incident(2, "barge_in", Map.of("heardMillis", 1), Instant.EPOCH));

        await().atMost(SOON).until(() -> events.contains("dropped 1 refused"));
        await().atMost(SOON).until(() -> count(call) == 2 && incidents(call) == 1);
    }

    @Test
    void aToolUnderWayIsKeptWithItsArgumentsUntilItIsAnswered() throws SQLException {
        var call = new CallSid("CA" + "4d".repeat(16));
        var writer = writer(10_000);

        writer.write(call, 1, tool("t1", Optional.empty()));
        await().atMost(SOON).until(() -> open(call).equals("t1 {\"subject\": \"A tap\"}"));
        // Another process sends it again, and has the answer; its first line comes last.
        writer.write(call, 2, tool("t1", Optional.of(Instant.EPOCH)));
        writer.write(call, 2, tool("t1", Optional.empty()));

        await().atMost(SOON).until(() -> writer.queued() == 0 && open(call).equals("none"));
        assertThat(
                        text(
                                "select string_agg(concat(attempt, params), '') from call_tool_requests where call_sid = '"
                                        + call.value()
                                        + "'"))
                .isEqualTo("1");
    }

    private String open(CallSid call) throws SQLException {
        return text(
                "select coalesce(string_agg(tool_call_id || ' ' || params, ''), 'none') from call_tool_requests"
                        + " where answered_at is null and call_sid = '"
                        + call.value()
                        + "'");
    }

    private static ToolRequest tool(String id, Optional<Instant> answered) {
        return new ToolRequest(
                id, "create_ticket", Map.of("subject", "A tap"), Instant.EPOCH, answered);
    }

    @Test
    void whatTheQueueCannotHoldIsCounted() {
        var call = new CallSid("CA" + "3c".repeat(16));
        var writer = writer(2);

        // All of them before the writer can have begun: it gathers first.
        for (int seq = 1; seq <= 3; seq++) {
            writer.write(call, 1, turn(seq, "said"));
        }

        await().atMost(SOON).until(() -> events.contains("dropped 1 queue_full"));
    }

    enum Outage {
        /// Nobody is there.
        STOPPED {
            @Override
            void begin(EmbeddedDatabase server) {
                server.stop();
            }

            @Override
            void end(EmbeddedDatabase server) {
                server.start();
            }
        },
        /// It takes what is sent, and says nothing.
        FROZEN {
            @Override
            void begin(EmbeddedDatabase server) {
                server.suspend();
            }

            @Override
            void end(EmbeddedDatabase server) {
                server.resume();
            }
        };

        abstract void begin(EmbeddedDatabase server);

        abstract void end(EmbeddedDatabase server);
    }

    /// As many lines as a hundred calls have in a minute: what they say, what happens, and the tools they ask for. The minute
    /// itself is not waited for.
    @ParameterizedTest
    @EnumSource(Outage.class)
    void aMinuteWithoutTheDatabaseCostsAHundredCallsNothing(Outage outage) throws SQLException {
        int series = outage == Outage.STOPPED ? 5 : 6;
        List<CallSid> calls = calls(100, series);
        var writer = writer(new Pace(10_000, millis(5), millis(50), millis(300)));
        writer.write(calls.getFirst(), 1, turn(1, "before"));
        await().atMost(SOON).until(() -> writer.queued() == 0);

        outage.begin(server);
        try {
            for (int seq = 2; seq <= 21; seq++) {
                for (CallSid call : calls) {
                    writer.write(call, 1, turn(seq, "line " + seq));
                }
            }
            for (CallSid call : calls) {
                writer.write(call, 1, incident());
                for (String tool : List.of("t1", "t2")) {
                    writer.write(call, 1, tool(tool, Optional.empty()));
                    writer.write(call, 1, tool(tool, Optional.of(Instant.EPOCH)));
                }
            }
            await().atMost(SOON).until(() -> events.contains("waits"));
            assertThat(writer.queued()).isEqualTo(2_500);
        } finally {
            outage.end(server);
        }

        await().atMost(SOON).until(() -> writer.queued() == 0);
        assertThat(events).containsExactly("waits");
        String whole =
                IntStream.rangeClosed(2, 21)
                        .mapToObj(seq -> "line " + seq)
                        .collect(Collectors.joining(" "));
        String ours = " where call_sid like 'CA%016x%%'".formatted(series);
        assertThat(
                        number(
                                "select count(*) from (select string_agg(content, ' ' order by seq) as said from call_turns"
                                        + ours
                                        + " and seq > 1 group by call_sid) as all_calls where said = '"
                                        + whole
                                        + "'"))
                .isEqualTo(100);
        assertThat(number("select count(*) from call_incidents" + ours)).isEqualTo(100);
        assertThat(
                        number(
                                "select count(*) from call_tool_requests"
                                        + ours
                                        + " and answered_at is not null and params is null"))
                .isEqualTo(200);
    }

    /// What was said first is kept, also where it had been on its way when the database went.
    @Test
    void whatIsBeyondTheBoundIsTheNewestAndIsToldOf() throws SQLException {
        CallSid call = calls(1, 9).getFirst();
        var writer = writer(new Pace(500, millis(5), millis(50), millis(300)));
        server.suspend();
        try {
            for (int seq = 1; seq <= 1_300; seq++) {
                writer.write(call, 1, turn(seq, "said"));
            }
            await().atMost(SOON).until(() -> told() == 800);
        } finally {
            server.resume();
        }

        await().atMost(SOON).until(() -> writer.queued() == 0);
        assertThat(
                        text(
                                "select count(*) || ' ' || max(seq) from call_turns where call_sid = '"
                                        + call.value()
                                        + "'"))
                .isEqualTo("500 500");
        assertThat(told()).isEqualTo(800);
        // Once a round, not once a line.
        assertThat(events.size()).isLessThan(50);
    }

    @Test
    void whatIsHeldWhenTheProcessLeavesIsWritten() throws SQLException {
        CallSid call = calls(1, 10).getFirst();
        var writer = writer(new Pace(10_000, millis(50), millis(50), SOON));
        for (int seq = 1; seq <= 1_000; seq++) {
            writer.write(call, 1, turn(seq, "said"));
        }

        writer.finish(SOON).await().atMost(SOON);

        assertThat(count(call)).isEqualTo(1_000);
        assertThat(events).isEmpty();
    }

    @Test
    void aBatchOnItsWayIsWaitedForWhenTheProcessLeaves() throws Exception {
        CallSid call = calls(1, 11).getFirst();
        var writer = writer(new Pace(10_000, millis(5), millis(50), millis(300)));
        server.suspend();
        try {
            writer.write(call, 1, turn(1, "said"));
            await().atMost(SOON).until(() -> events.contains("waits"));
        } finally {
            server.resume();
        }

        writer.finish(SOON).await().atMost(SOON);

        assertThat(count(call)).isEqualTo(1);
    }

    @Test
    void whatIsNotWrittenWhenTheProcessLeavesIsCounted() {
        CallSid call = calls(1, 12).getFirst();
        var writer = writer(new Pace(10_000, millis(5), millis(50), millis(300)));
        server.stop();
        try {
            writer.write(call, 1, turn(1, "said"));
            await().atMost(SOON).until(() -> events.contains("waits"));
            writer.write(call, 1, turn(2, "said"));

            writer.finish(millis(100)).await().atMost(SOON);

            assertThat(events).containsExactly("waits", "dropped 2 leaving");
        } finally {
            server.start();
        }
    }

    private int told() {
        return events.stream()
                .filter(event -> event.endsWith(" queue_full"))
                .mapToInt(event -> Integer.parseInt(event.split(" ")[1]))
                .sum();
    }

    private static List<CallSid> calls(int count, int series) {
        return IntStream.range(0, count)
                .mapToObj(n -> new CallSid("CA%016x%016x".formatted(series, n)))
                .toList();
    }

    private static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }

    private TurnWriter writer(int mostHeld) {
        return writer(
                new Pace(mostHeld, millis(50), Duration.ofSeconds(1), Duration.ofSeconds(10)));
    }

    private TurnWriter writer(Pace pace) {
        events.clear();
        return new TurnWriter(
                new io.vertx.mutiny.core.Vertx(vertx),
                pool,
                new JournalEvents() {
                    @Override
                    public void notWritten(String what, CallSid callSid, Throwable cause) {}

                    @Override
                    public void turnsWait(int queued, Throwable cause) {
                        events.add("waits");
                    }

                    @Override
                    public void turnsDropped(int count, String why) {
                        events.add("dropped " + count + " " + why);
                    }
                },
                pace);
    }

    private static Turn turn(int seq, String text) {
        return new Turn(
                seq,
                Speaker.CALLER,
                text,
                0,
                0,
                false,
                Optional.empty(),
                Optional.empty(),
                Instant.EPOCH);
    }

    private static Incident incident() {
        return new Incident(
                1,
                "model_replaced",
                Map.of(
                        "from",
                        "openai",
                        "to",
                        "azure",
                        "cause",
                        "close_1006",
                        "outageMillis",
                        400L),
                Instant.EPOCH);
    }

    private long count(CallSid call) throws SQLException {
        return number("select count(*) from call_turns where call_sid = '" + call.value() + "'");
    }

    private long incidents(CallSid call) throws SQLException {
        return number(
                "select count(*) from call_incidents where details <> '{}' and call_sid = '"
                        + call.value()
                        + "'");
    }

    private long number(String sql) throws SQLException {
        return Long.parseLong(text(sql));
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
        var options = PgConnectOptions.fromUri(address.url());
        return Pool.newInstance(
                PgBuilder.pool()
                        .connectingTo(options)
                        .with(new PoolOptions().setMaxSize(2))
                        .using(vertx)
                        .build());
    }
}
