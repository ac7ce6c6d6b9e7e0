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

/// Redeems the stream ticket and asks who is calling, in one statement; of a call that is taken up again also what was said
/// and done so far, and how it ended.
public final class PgCallContextLookup implements CallContextLookup {

    /// PostgreSQL plans a statement anew the first five times, and keeps the plan then.
    private static final int TIMES = 6;

    /// The session itself remembers it: connections come and go, and the pool does not say which one it gives.
    private static final String REHEARSED = "set telephony.rehearsed = 'true'";

    private static final String IS_REHEARSED =
            "select coalesce(current_setting('telephony.rehearsed', true), '') = 'true'";

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

    /// Makes the next lookup on this event loop as quick as later ones: a connection is open, the statement is known on it, and
    /// the code has run. The rehearsed lookups are rolled back; what remains is the business to fall back on. A connection on
    /// which that was done is asked no more than that. Fails with the database.
    public Uni<Void> rehearse() {
        return pool.withConnection(connection ->
                connection
                        .query(IS_REHEARSED)
                        .execute()
                        .map(rows -> rows.iterator().next().getBoolean(0))
                        .chain(isRehearsed ->
                                isRehearsed ? Uni.createFrom().voidItem() : rehearse(connection)));
    }

    private Uni<Void> rehearse(SqlConnection connection) {
        return connection
                .begin()
                .chain(transaction -> rehearse(connection, TIMES).eventually(transaction::rollback))
                .chain(() -> connection.query(REHEARSED).execute())
                .replaceWithVoid();
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
