package org.telephonystack.stream.wiring;

import io.quarkus.arc.Unremovable;
import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnectOptions;

import jakarta.inject.Singleton;

import java.util.List;

/// Lets every statement stay known to its connection, however long it is. The client keeps only those below 2,048 characters,
/// and the context lookup is longer: PostgreSQL would parse and plan it anew for each call, which takes longer than the answer.
@Singleton
@Unremovable
final class KnownStatements implements PgPoolCreator {

    @Override
    public Pool create(Input input) {
        var servers = List.<SqlConnectOptions>copyOf(input.pgConnectOptionsList());
        servers.forEach(server -> server.setPreparedStatementCacheSqlFilter(_ -> true));
        return PgBuilder.pool()
                .with(input.poolOptions())
                .connectingTo(servers)
                .using(input.vertx())
                .build();
    }
}
