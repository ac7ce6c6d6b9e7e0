package org.telephonystack.stream.wiring;

import io.quarkus.arc.Unremovable;
import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.core.Handler;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnectOptions;
import io.vertx.sqlclient.SqlConnection;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The connections to the database, as calls need them: on the event loop of whoever asks, with every statement known, and none
/// to a database that went without a word, which TCP alone takes a quarter of an hour to notice.
///
/// A connection that reads nothing for as long as the silence is closed, under a question too. No question that is answered
/// falls victim to that: a connection nobody needs goes after half of the silence, and PostgreSQL gives up a statement that
/// takes longer than what is left then.
@Singleton
@Unremovable
final class DatabasePool implements PgPoolCreator {

    /// Several for each call of a full house. Behind so many an answer would come too late: who finds them is told at once.
    static final int MOST_WAITING = 1_000;

    private final Duration silence;

    @Inject
    DatabasePool(StreamConfig config) {
        this(config.databaseSilence());
    }

    DatabasePool(Duration silence) {
        this.silence = silence;
    }

    @Override
    public Pool create(Input input) {
        List<PgConnectOptions> servers = input.pgConnectOptionsList();
        servers.forEach(this::notice);
        servers.forEach(DatabasePool::keepEveryStatement);
        var pool =
                PgBuilder.pool()
                        .with(bounded(input.poolOptions()))
                        .connectingTo(List.<SqlConnectOptions>copyOf(servers))
                        .using(input.vertx());
        // Where statements cannot be kept, a session is not ours alone, and what is set in it is
        // set for others.
        boolean haveSessions =
                servers.stream().allMatch(SqlConnectOptions::getCachePreparedStatements);
        return (haveSessions ? pool.withConnectHandler(boundedStatements()) : pool).build();
    }

    private void notice(PgConnectOptions server) {
        server.setConnectTimeout(part(1, 3));
        server.setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
        server.setReadIdleTimeout(part(1, 1));
    }

    /// However long it is. The client keeps only those below 2,048 characters, and the context lookup is longer: PostgreSQL
    /// would parse and plan it anew for each call, which takes longer than the answer.
    private static void keepEveryStatement(PgConnectOptions server) {
        server.setPreparedStatementCacheSqlFilter(_ -> true);
    }

    /// Without event loops of its own the pool connects on that of whoever asks.
    private PoolOptions bounded(PoolOptions options) {
        return options.setEventLoopSize(0)
                .setMaxWaitQueueSize(MOST_WAITING)
                .setConnectionTimeout(part(1, 1))
                .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS)
                .setIdleTimeout(part(1, 2))
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setPoolCleanerPeriod(part(1, 10));
    }

    /// One that waits for a lock would stay there after its connection was closed here, and the next try beside it.
    private Handler<SqlConnection> boundedStatements() {
        String sql = "set statement_timeout = " + part(2, 5);
        return connection ->
                connection
                        .query(sql)
                        .execute()
                        .onComplete(asked -> {
                            // One that broke meanwhile has left the pool by itself.
                            if (asked.succeeded() || asked.cause() instanceof PgException) {
                                connection.close();
                            }
                        });
    }

    private int part(int numerator, int denominator) {
        return Math.toIntExact(silence.toMillis() * numerator / denominator);
    }
}
