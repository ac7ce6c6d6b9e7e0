package org.telephonystack.stream.wiring;

import io.netty.channel.EventLoop;
import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.impl.VertxInternal;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;

import org.flywaydb.core.Flyway;
import org.telephonystack.simulator.stack.EmbeddedDatabase;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// A wire to a database, and at its near end the service's pool in a process with two event loops.
final class PooledDatabase implements AutoCloseable {

    static final int LOOPS = 2;

    private final EmbeddedDatabase database;
    private final Wire wire;
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(LOOPS));
    private final List<Context> loops = new ArrayList<>();
    private final Pool pool;

    PooledDatabase(EmbeddedDatabase database, Duration silence, int maxSize) {
        this.database = database;
        this.wire = new Wire(database.address());
        // What Mutiny makes at its first use it makes twice, and fails, where two event loops are
        // the first.
        Uni.createFrom().voidItem().await().indefinitely();
        var internal = (VertxInternal) vertx;
        internal.getEventLoopGroup()
                .forEach(executor ->
                        loops.add(
                                internal.createEventLoopContext(
                                        (EventLoop) executor, internal.getWorkerPool(), null)));
        pool = Pool.newInstance(new DatabasePool(silence).create(input(maxSize)));
    }

    static EmbeddedDatabase migrated() {
        var database = EmbeddedDatabase.temporary();
        Flyway.configure().dataSource(database.jdbcUrl(), null, null).load().migrate();
        return database;
    }

    Wire wire() {
        return wire;
    }

    io.vertx.mutiny.core.Vertx vertx() {
        return io.vertx.mutiny.core.Vertx.newInstance(vertx);
    }

    Pool pool() {
        return pool;
    }

    /// As a call on this event loop asks.
    CompletableFuture<RowSet<Row>> ask(int loop, String sql) {
        var asked = new CompletableFuture<RowSet<Row>>();
        loops.get(loop)
                .runOnContext(_ ->
                        pool.query(sql)
                                .execute()
                                .subscribe()
                                .with(asked::complete, asked::completeExceptionally));
        return asked;
    }

    /// The first word of the first row.
    String answer(int loop, String sql) {
        return String.valueOf(
                ask(loop, sql)
                        .orTimeout(20, TimeUnit.SECONDS)
                        .join()
                        .iterator()
                        .next()
                        .getString(0));
    }

    /// Comes when the question failed; a question without any answer has not.
    CompletableFuture<Throwable> failure(int loop, String sql) {
        return ask(loop, sql)
                .handle((rows, failure) ->
                        failure == null ? new AssertionError("answered: " + rows) : failure);
    }

    /// By another way than the pool.
    String text(String sql) {
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            return rows.next() ? String.valueOf(rows.getString(1)) : "null";
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /// As Quarkus asks for it: with as many event loops as there are.
    private PgPoolCreator.Input input(int maxSize) {
        return new PgPoolCreator.Input() {
            @Override
            public Vertx vertx() {
                return vertx;
            }

            @Override
            public PoolOptions poolOptions() {
                return new PoolOptions().setMaxSize(maxSize).setEventLoopSize(LOOPS);
            }

            @Override
            public List<PgConnectOptions> pgConnectOptionsList() {
                return List.of(
                        PgConnectOptions.fromUri(wire.near().url())
                                .setCachePreparedStatements(true));
            }
        };
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        wire.close();
    }
}
