package org.telephonystack.action.followup.postgres;

import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;

import org.telephonystack.action.followup.ToDo;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.StreamSupport;

/// `messages`, `tickets` and `recordings` that nobody has handled yet.
public final class PgToDo implements ToDo {

    /// Index: messages_unhandled.
    private static final String MESSAGES =
            """
            select id::text, created_at as at, caller, body as what from messages
            where handled_at is null order by created_at limit 500
            """;

    /// A ticket of the edge functions may be nobody's.
    private static final String TICKETS =
            """
            select t.id::text, t.created_at as at, c.phone as caller,
                   coalesce(t.subject, '') || coalesce(' (' || nullif(concat_ws(' ', c.first_name, c.last_name), '') || ')', '') as what
            from tickets t left join clients c on c.id = t.client_id
            where t.status = 'open' order by t.created_at limit 500
            """;

    private static final String VOICEMAILS =
            """
            select r.recording_sid as id, r.created_at as at, c.caller,
                   coalesce(r.seconds, 0) || ' s, '
                       || case when r.file is not null then r.file when r.state = 'failed' then 'not fetched, at Twilio' else 'at Twilio' end as what
            from recordings r left join calls c on c.call_sid = r.call_sid
            where r.handled_at is null and r.state in ('waiting', 'kept', 'fetched', 'failed')
            order by r.created_at limit 500
            """;

    private static final String MESSAGE_DONE =
            "update messages set handled_at = now() where id::text = $1 and handled_at is null";

    private static final String TICKET_DONE =
            "update tickets set status = 'closed' where id::text = $1 and status = 'open'";

    private static final String VOICEMAIL_DONE =
            """
            update recordings set handled_at = now()
            where recording_sid = $1 and handled_at is null and state in ('waiting', 'kept', 'fetched', 'failed')
            """;

    private final Pool pool;

    public PgToDo(Pool pool) {
        this.pool = pool;
    }

    @Override
    public CompletionStage<List<Item>> open(Kind kind) {
        return pool.query(
                        switch (kind) {
                            case MESSAGE -> MESSAGES;
                            case TICKET -> TICKETS;
                            case VOICEMAIL -> VOICEMAILS;
                        })
                .execute()
                .map(rows ->
                        StreamSupport.stream(rows.spliterator(), false).map(PgToDo::item).toList())
                .subscribeAsCompletionStage();
    }

    private static Item item(Row row) {
        return new Item(
                row.getString("id"),
                row.getOffsetDateTime("at").toInstant(),
                Optional.ofNullable(row.getString("caller")),
                row.getString("what"));
    }

    @Override
    public CompletionStage<Boolean> done(Kind kind, String id) {
        return pool.preparedQuery(
                        switch (kind) {
                            case MESSAGE -> MESSAGE_DONE;
                            case TICKET -> TICKET_DONE;
                            case VOICEMAIL -> VOICEMAIL_DONE;
                        })
                .execute(Tuple.of(id))
                .map(rows -> rows.rowCount() == 1)
                .subscribeAsCompletionStage();
    }
}
