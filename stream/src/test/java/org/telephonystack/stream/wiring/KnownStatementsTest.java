package org.telephonystack.stream.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;

import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.telephonystack.simulator.stack.EmbeddedDatabase;
import org.telephonystack.stream.call.postgres.PgCallContextLookup;

import java.util.List;

class KnownStatementsTest {

    private final Vertx vertx = Vertx.vertx();
    private final EmbeddedDatabase database = EmbeddedDatabase.temporary();

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        database.close();
    }

    @Test
    void theContextLookupIsParsedOnceAndPlannedNoMoreWhenTheFirstCallComes() {
        Pool pool = pool();

        new PgCallContextLookup(pool).rehearse(1).await().indefinitely();

        List<Row> known = query(pool);
        assertThat(known).hasSize(1);
        assertThat(known.getFirst().getLong("custom_plans")).isEqualTo(5);
        assertThat(known.getFirst().getLong("generic_plans")).isPositive();
    }

    private static List<Row> query(Pool pool) {
        var rows =
                pool.query(
                                "select custom_plans, generic_plans from pg_prepared_statements"
                                        + " where statement like '%insert into stream_tickets%'")
                        .executeAndAwait();
        return rows.stream().toList();
    }

    /// As the service has it, with one connection.
    private Pool pool() {
        Flyway.configure().dataSource(database.address().jdbcUrl(), null, null).load().migrate();
        var input =
                new PgPoolCreator.Input() {
                    @Override
                    public Vertx vertx() {
                        return vertx;
                    }

                    @Override
                    public PoolOptions poolOptions() {
                        return new PoolOptions().setMaxSize(1);
                    }

                    @Override
                    public List<PgConnectOptions> pgConnectOptionsList() {
                        return List.of(
                                PgConnectOptions.fromUri(database.address().url())
                                        .setCachePreparedStatements(true));
                    }
                };
        return Pool.newInstance(new KnownStatements().create(input));
    }
}
