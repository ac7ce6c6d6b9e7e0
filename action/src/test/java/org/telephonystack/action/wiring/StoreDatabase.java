package org.telephonystack.action.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;

import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.telephonystack.simulator.stack.DatabaseAddress;
import org.telephonystack.simulator.stack.EmbeddedDatabase;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/// A database in which nobody works but the test, empty before each: two processes with one connection each, whose sessions
/// are far from UTC, and a third connection to plant, to look, and to be in the way.
///
/// One server for all classes; it goes with the JVM.
public final class StoreDatabase implements BeforeEachCallback {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String PROCESS = "a process of the test";

    private static @Nullable StoreDatabase running;

    private final Pool one;
    private final Pool other;
    private final Pool test;

    private StoreDatabase() {
        DatabaseAddress address = EmbeddedDatabase.temporary().address();
        Flyway.configure()
                .dataSource(address.jdbcUrl(), address.user(), address.password())
                .load()
                .migrate();
        Vertx vertx = Vertx.vertx();
        one = pool(vertx, address, 1, PROCESS);
        other = pool(vertx, address, 1, PROCESS);
        test = pool(vertx, address, 2, "the test");
        for (Pool pool : new Pool[] {one, other, test}) {
            var zone = pool.query("show timezone").execute().await().atMost(PATIENCE);
            assertThat(zone.iterator().next().getString(0)).isNotIn("UTC", "Etc/UTC", "GMT");
        }
    }

    public static synchronized StoreDatabase shared() {
        StoreDatabase known = running;
        if (known == null) {
            known = new StoreDatabase();
            running = known;
        }
        return known;
    }

    private static Pool pool(Vertx vertx, DatabaseAddress address, int size, String name) {
        var options =
                new PgConnectOptions()
                        .setHost(address.host())
                        .setPort(address.port())
                        .setDatabase(address.database())
                        .setUser(address.user())
                        .setPassword(address.password())
                        .addProperty("application_name", name);
        return Pool.newInstance(
                PgBuilder.pool()
                        .connectingTo(options)
                        .with(new PoolOptions().setMaxSize(size))
                        .using(vertx.getDelegate())
                        .build());
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        execute(
                """
                do $$ begin
                    execute (select 'truncate ' || string_agg(quote_ident(tablename), ', ') || ' cascade' from pg_tables
                             where schemaname = 'public' and tablename <> 'flyway_schema_history');
                end $$
                """);
    }

    public Pool one() {
        return one;
    }

    public Pool other() {
        return other;
    }

    public RowSet<Row> execute(String sql, Object... parameters) {
        return test.preparedQuery(sql).execute(Tuple.from(parameters)).await().atMost(PATIENCE);
    }

    public long count(String sql, Object... parameters) {
        return execute(sql, parameters).iterator().next().getLong(0);
    }

    /// The first column of the first row as text; null where there is no row or no value.
    public @Nullable String text(String sql, Object... parameters) {
        RowSet<Row> rows = execute(sql, parameters);
        @Nullable Object value = rows.rowCount() == 0 ? null : rows.iterator().next().getValue(0);
        return value == null ? null : value.toString();
    }

    /// A transaction of somebody else, that holds what its statement locks until it is closed.
    public Foreign transaction(String sql, Object... parameters) {
        SqlConnection connection = test.getConnection().await().atMost(PATIENCE);
        connection.query("begin").execute().await().atMost(PATIENCE);
        connection.preparedQuery(sql).execute(Tuple.from(parameters)).await().atMost(PATIENCE);
        return new Foreign(connection);
    }

    /// Returns once so many of the two processes wait for a lock.
    public void awaitWaiting(int processes) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (count(
                        "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and application_name = $1",
                        PROCESS)
                < processes) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not " + processes + " processes wait for a lock");
            }
            Thread.onSpinWait();
        }
    }

    public static <T> T await(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    /// @param connection in a transaction
    public record Foreign(SqlConnection connection) implements AutoCloseable {

        public void commit() {
            connection.query("commit").execute().await().atMost(PATIENCE);
        }

        /// Without a commit before: as if it had never been.
        @Override
        public void close() {
            connection.query("rollback").execute().await().atMost(PATIENCE);
            connection.close().await().atMost(PATIENCE);
        }
    }
}
