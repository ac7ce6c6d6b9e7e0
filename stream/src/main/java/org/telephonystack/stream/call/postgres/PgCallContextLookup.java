package org.telephonystack.stream.call.postgres;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

import org.telephonystack.model.EndReason;
import org.telephonystack.model.PhoneNumber;
import org.telephonystack.model.ticket.StreamTicket;
import org.telephonystack.stream.call.CallContext;
import org.telephonystack.stream.call.CallContextLookup;
import org.telephonystack.stream.call.CallStart;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/// Redeems the stream ticket and asks who is calling, in one statement; of a call that is taken up again also what was said
/// and done so far, and how it ended.
public final class PgCallContextLookup implements CallContextLookup {

    /// PostgreSQL plans a statement anew the first five times, and keeps the plan then.
    private static final int TIMES = 6;

    private final Pool pool;
    private volatile CallContext lastKnown = CallContext.NOTHING;

    public PgCallContextLookup(Pool pool) {
        this.pool = pool;
    }

    @Override
    public CompletionStage<Answer> lookup(CallStart start) {
        Tuple parameters =
                Tuple.of(
                        start.ticket().nonce(),
                        start.callSid().value(),
                        start.ticket().expires().atOffset(ZoneOffset.UTC),
                        start.caller().map(PhoneNumber::e164).orElse(null),
                        start.ticket().kind() == StreamTicket.Kind.RESUME);
        return pool.preparedQuery(ContextSql.LOOKUP)
                .execute(parameters)
                .map(rows -> answer(rows.iterator().next()))
                .subscribeAsCompletionStage();
    }

    @Override
    public CallContext lastKnown() {
        return lastKnown;
    }

    /// Makes the first calls as quick as later ones: connections are open, the statement is known on each, and the code has
    /// run. The rehearsed lookups are rolled back; what remains is the business to fall back on. Fails with the database.
    ///
    /// @param connections as many as calls are expected to begin at once
    public Uni<Void> rehearse(int connections) {
        List<Uni<Void>> all = IntStream.range(0, connections).mapToObj(_ -> rehearse()).toList();
        return Uni.join().all(all).andFailFast().replaceWithVoid();
    }

    private Uni<Void> rehearse() {
        return pool.withConnection(connection ->
                connection
                        .begin()
                        .chain(transaction ->
                                rehearse(connection, TIMES).eventually(transaction::rollback)));
    }

    private Uni<Void> rehearse(SqlConnection connection, int times) {
        Tuple nobody =
                Tuple.of(
                        "rehearsal-" + UUID.randomUUID(),
                        "rehearsal",
                        Instant.EPOCH.atOffset(ZoneOffset.UTC),
                        null,
                        true);
        Uni<Void> once =
                connection
                        .preparedQuery(ContextSql.LOOKUP)
                        .execute(nobody)
                        .invoke(rows -> answer(rows.iterator().next()))
                        .replaceWithVoid();
        return times <= 1 ? once : once.chain(() -> rehearse(connection, times - 1));
    }

    private Answer answer(Row row) {
        if (!Boolean.TRUE.equals(row.getBoolean("first_use"))) {
            return new Answer.Replayed();
        }
        CallContext context =
                ContextRow.context(
                        row.getValue("client"),
                        row.getValue("tickets"),
                        row.getValue("bookings"),
                        row.getValue("business"),
                        row.getValue("so_far"));
        remember(context.business());
        return new Answer.Found(
                context,
                new Earlier(
                        EndReason.ofWord(row.getString("earlier_end")),
                        ContextRow.lasted(row.getLong("lasted_millis")),
                        ContextRow.underWay(row.getValue("under_way"))));
    }

    private void remember(Optional<CallContext.Business> business) {
        if (business.isPresent()) {
            lastKnown = new CallContext(Optional.empty(), List.of(), List.of(), business);
        }
    }
}
