package org.telephonystack.action.client.postgres;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

import org.telephonystack.action.client.Client;
import org.telephonystack.action.client.ClientStore;

import java.util.List;
import java.util.concurrent.CompletionStage;

/// People in `clients`. A number may be written there in any way; what counts is its E.164 form.
public final class PgClientStore implements ClientStore {

    private static final String UPDATE =
            """
            update clients set first_name = $2, last_name = $3 where phone_e164 = $1
            """;

    /// No row: somebody else has made the number a client meanwhile.
    private static final String INSERT =
            """
            insert into clients (phone, first_name, last_name) values ($1, $2, $3) on conflict do nothing
            """;

    private final Pool pool;

    public PgClientStore(Pool pool) {
        this.pool = pool;
    }

    @Override
    public CompletionStage<Saved> save(List<Client> clients) {
        return pool.withTransaction(connection ->
                        Multi.createFrom()
                                .iterable(clients)
                                .onItem()
                                .transformToUniAndConcatenate(client -> save(connection, client))
                                .collect()
                                .asList()
                                .map(PgClientStore::sum))
                .subscribeAsCompletionStage();
    }

    /// @return whether it was added
    private static Uni<Boolean> save(SqlConnection connection, Client client) {
        Tuple values =
                Tuple.of(
                        client.phone().e164(),
                        client.firstName().orElse(null),
                        client.lastName().orElse(null));
        return changes(connection, UPDATE, values)
                .chain(known ->
                        known
                                ? Uni.createFrom().item(false)
                                : changes(connection, INSERT, values)
                                        .call(added ->
                                                added
                                                        ? Uni.createFrom().voidItem()
                                                        : changes(connection, UPDATE, values)));
    }

    private static Uni<Boolean> changes(SqlConnection connection, String sql, Tuple values) {
        return connection.preparedQuery(sql).execute(values).map(rows -> rows.rowCount() > 0);
    }

    private static Saved sum(List<Boolean> added) {
        int count = (int) added.stream().filter(Boolean::booleanValue).count();
        return new Saved(count, added.size() - count);
    }
}
