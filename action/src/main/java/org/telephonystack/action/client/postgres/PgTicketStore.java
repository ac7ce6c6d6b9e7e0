package org.telephonystack.action.client.postgres;

import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;

import org.telephonystack.action.client.Ticket;
import org.telephonystack.action.client.TicketStore;
import org.telephonystack.model.PhoneNumber;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.StreamSupport;

/// Support cases in `tickets`.
public final class PgTicketStore implements TicketStore {

    private static final String OPEN =
            """
            select t.id::text id, t.subject, t.status
            from tickets t
            where t.status = 'open' and t.client_id in (select c.id from clients c where c.phone_e164 = $1)
            order by t.created_at desc
            limit $2
            """;

    private final Pool pool;

    public PgTicketStore(Pool pool) {
        this.pool = pool;
    }

    @Override
    public CompletionStage<List<Ticket>> open(PhoneNumber caller, int atMost) {
        return pool.preparedQuery(OPEN)
                .execute(Tuple.of(caller.e164(), atMost))
                .map(rows ->
                        StreamSupport.stream(rows.spliterator(), false)
                                .map(PgTicketStore::ticket)
                                .toList())
                .subscribeAsCompletionStage();
    }

    private static Ticket ticket(Row row) {
        return new Ticket(row.getString("id"), row.getString("subject"), row.getString("status"));
    }
}
