package org.telephonystack.stream.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.pgclient.PgException;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.telephonystack.simulator.stack.EmbeddedDatabase;
import org.telephonystack.stream.call.postgres.PgCallContextLookup;
import org.telephonystack.stream.call.postgres.WarmConnections;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/// As calls find the connections to the database.
class DatabasePoolTest {

    private static final Duration SILENCE = Duration.ofSeconds(3);
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String KNOWN =
            "select custom_plans || ' ' || (generic_plans > 0) from pg_prepared_statements"
                    + " where statement like '%insert into stream_tickets%'";

    private static final EmbeddedDatabase SERVER = PooledDatabase.migrated();

    private final PooledDatabase database = new PooledDatabase(SERVER, SILENCE, 8);
    private final WarmConnections warm =
            new WarmConnections(
                    database.vertx().getDelegate(),
                    new PgCallContextLookup(database.pool()),
                    SILENCE.dividedBy(3));

    @AfterAll
    static void stopServer() {
        SERVER.close();
    }

    @AfterEach
    void stop() {
        warm.close();
        database.close();
    }

    @Test
    void theFirstCallOfEachEventLoopFindsAConnectionOnWhichTheLookupIsParsedAndPlanned() {
        warm.start().await().atMost(SOON);

        for (int loop = 0; loop < PooledDatabase.LOOPS; loop++) {
            assertThat(database.answer(loop, KNOWN)).isEqualTo("5 true");
        }
        assertThat(database.wire().open()).isEqualTo(PooledDatabase.LOOPS);
    }

    @Test
    void whatManyCallsAtOnceOpenedIsClosedAgainAndNothingElse() {
        warm.start().await().atMost(SOON);
        List<String> kept = List.of(pid(0), pid(1));

        List<CompletableFuture<?>> many =
                Stream.<CompletableFuture<?>>generate(() -> database.ask(0, "select pg_sleep(0.1)"))
                        .limit(5)
                        .toList();

        many.forEach(asked -> assertThat(asked).succeedsWithin(SOON));
        assertThat(database.wire().open()).isGreaterThan(PooledDatabase.LOOPS);
        await().atMost(SOON).until(() -> database.wire().open() == PooledDatabase.LOOPS);
        // Not in the moment in which they are kept warm.
        await().atMost(SOON).until(() -> List.of(pid(0), pid(1)).equals(kept));
    }

    /// Else its connection would be closed under it, and it would wait on in the database.
    @Test
    void aStatementThatTakesTooLongIsGivenUpByTheDatabase() {
        String pid = pid(0);

        assertThat(database.failure(0, "select pg_sleep(60)"))
                .succeedsWithin(SOON)
                .isInstanceOfSatisfying(
                        PgException.class,
                        refused -> assertThat(refused.getSqlState()).isEqualTo("57014"));

        assertThat(pid(0)).isEqualTo(pid);
    }

    @Test
    void whoeverFindsTooManyWaitingIsToldAtOnceAndNobodyWaitsForEver() {
        ends(asked(8)).forEach(over -> assertThat(over).succeedsWithin(SOON));
        database.wire().cutForAll();
        List<CompletableFuture<?>> waiting = asked(8 + DatabasePool.MOST_WAITING);

        assertThat(database.failure(0, "select 1"))
                .succeedsWithin(SOON)
                .isInstanceOf(ConnectionPoolTooBusyException.class);

        database.wire().mend();
        ends(waiting).forEach(over -> assertThat(over).succeedsWithin(SOON));
    }

    private List<CompletableFuture<?>> asked(int questions) {
        return Stream.<CompletableFuture<?>>generate(() -> database.ask(0, "select 1"))
                .limit(questions)
                .toList();
    }

    /// Each has come to an end, whichever.
    private static List<CompletableFuture<String>> ends(List<CompletableFuture<?>> asked) {
        return asked.stream()
                .map(one -> one.handle((_, failure) -> String.valueOf(failure)))
                .toList();
    }

    private String pid(int loop) {
        return database.answer(loop, "select pg_backend_pid()::text");
    }
}
