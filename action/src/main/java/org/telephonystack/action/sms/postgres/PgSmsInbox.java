package org.telephonystack.action.sms.postgres;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

import org.telephonystack.action.sms.Consent;
import org.telephonystack.action.sms.InboundText;
import org.telephonystack.action.sms.SmsInbox;

import java.util.concurrent.CompletionStage;

/// The inbox in PostgreSQL.
public final class PgSmsInbox implements SmsInbox {

    private static final String STORE =
            """
            insert into sms_inbox (message_sid, sender, recipient, body)
            values ($1, $2, $3, $4)
            on conflict (message_sid) do nothing
            """;

    private static final String REMOVE = "delete from sms_opt_outs where phone = $1";

    private final Pool pool;

    public PgSmsInbox(Pool pool) {
        this.pool = pool;
    }

    @Override
    public CompletionStage<Boolean> receive(InboundText text, Consent consent) {
        return pool.withTransaction(connection ->
                        store(connection, text)
                                .chain(isNew ->
                                        isNew
                                                ? change(connection, text, consent)
                                                        .replaceWith(true)
                                                : Uni.createFrom().item(false)))
                .subscribeAsCompletionStage();
    }

    private static Uni<Boolean> store(SqlConnection connection, InboundText text) {
        return connection
                .preparedQuery(STORE)
                .execute(Tuple.of(text.messageSid(), text.sender(), text.recipient(), text.body()))
                .map(rows -> rows.rowCount() == 1);
    }

    private static Uni<Void> change(SqlConnection connection, InboundText text, Consent consent) {
        return switch (consent) {
            case UNCHANGED -> Uni.createFrom().voidItem();
            case WITHDRAWN -> PgOptOuts.add(connection, text.sender(), "stop");
            case GIVEN ->
                    connection
                            .preparedQuery(REMOVE)
                            .execute(Tuple.of(text.sender()))
                            .replaceWithVoid();
        };
    }
}
