package org.telephonystack.stream.call.postgres;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;

import java.util.UUID;

/// The stream processes there are, as the database knows them.
public final class PgInstances {

    private static final String ANNOUNCE =
            """
            insert into stream_instances (id, address, call_limit) values ($1, $2, $3)
            on conflict (id) do update set heartbeat_at = now()
            """;

    private final Pool pool;

    public PgInstances(Pool pool) {
        this.pool = pool;
    }

    /// @param address where this process answers
    public Uni<Void> announce(UUID id, String address, int callLimit) {
        return pool.preparedQuery(ANNOUNCE)
                .execute(Tuple.of(id, address, callLimit))
                .replaceWithVoid();
    }
}
