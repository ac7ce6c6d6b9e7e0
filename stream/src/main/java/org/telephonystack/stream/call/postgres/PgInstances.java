package org.telephonystack.stream.call.postgres;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;

import java.util.UUID;

/// The stream processes there are, as the database knows them: by its own clock.
public final class PgInstances {

    private static final String BEAT =
            """
            insert into stream_instances (id, address, internal_address, call_limit, active_calls, draining)
            values ($1, $2, $3, $4, $5, $6)
            on conflict (id) do update set heartbeat_at = clock_timestamp(), active_calls = excluded.active_calls,
                draining = excluded.draining
            """;

    private static final String STOPPED =
            """
            update stream_instances
            set heartbeat_at = clock_timestamp(), stopped_at = clock_timestamp(), active_calls = 0, draining = true
            where id = $1
            """;

    private final Pool pool;

    public PgInstances(Pool pool) {
        this.pool = pool;
    }

    /// @param publicAddress where Twilio reaches the service
    /// @param internalAddress where this very process says that it lives: `http://10.0.3.7:9000`
    public record Instance(UUID id, String publicAddress, String internalAddress, int callLimit) {}

    /// The process lives, with so many calls.
    public Uni<Void> beat(Instance instance, int activeCalls, boolean draining) {
        return pool.preparedQuery(BEAT)
                .execute(
                        Tuple.of(
                                instance.id(),
                                instance.publicAddress(),
                                instance.internalAddress(),
                                instance.callLimit(),
                                activeCalls,
                                draining))
                .replaceWithVoid();
    }

    /// It leaves, and its calls have all been handed on.
    public Uni<Void> stopped(UUID id) {
        return pool.preparedQuery(STOPPED).execute(Tuple.of(id)).replaceWithVoid();
    }
}
