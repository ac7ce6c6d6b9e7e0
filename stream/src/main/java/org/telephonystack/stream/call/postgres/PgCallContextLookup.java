package org.telephonystack.stream.call.postgres;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;

import org.telephonystack.model.PhoneNumber;
import org.telephonystack.stream.call.CallContext;
import org.telephonystack.stream.call.CallContextLookup;
import org.telephonystack.stream.call.CallStart;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// Redeems the stream ticket and asks who is calling, in one statement.
public final class PgCallContextLookup implements CallContextLookup {

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
                        start.caller().map(PhoneNumber::e164).orElse(null));
        return pool.preparedQuery(ContextSql.LOOKUP)
                .execute(parameters)
                .map(rows -> answer(rows.iterator().next()))
                .subscribeAsCompletionStage();
    }

    @Override
    public CallContext lastKnown() {
        return lastKnown;
    }

    /// So that the first call, too, has a business to fall back on. Fails with the database.
    public Uni<Void> prime() {
        return pool.preparedQuery(ContextSql.BUSINESS_ALONE)
                .execute()
                .invoke(rows -> remember(ContextRow.business(rows.iterator().next().getValue(0))))
                .replaceWithVoid();
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
                        row.getValue("business"));
        remember(context.business());
        return new Answer.Found(context);
    }

    private void remember(Optional<CallContext.Business> business) {
        if (business.isPresent()) {
            lastKnown = new CallContext(Optional.empty(), List.of(), List.of(), business);
        }
    }
}
