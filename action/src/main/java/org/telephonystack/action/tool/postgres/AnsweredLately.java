package org.telephonystack.action.tool.postgres;

import io.vertx.mutiny.sqlclient.Row;

import org.jspecify.annotations.Nullable;
import org.telephonystack.model.PhoneNumber;

/// Counts tool calls that were answered to a caller, whichever process did: inside a query that is made for something else.
final class AnsweredLately {

    /// Of the call `c` and of its caller's calls; `$2` seconds. No call goes on for five hours, and nobody has a hundred at a
    /// time but all the withheld numbers together, which are not counted as one. Indexes: tool_calls_pkey, calls_by_caller.
    static final String COLUMNS =
            """
            c.caller,
            (select count(*) from tool_calls t
             where t.call_sid = c.call_sid and t.at > now() - make_interval(secs => $2)) as of_call,
            (select count(*)
             from (select call_sid from calls
                   where caller = c.caller and updated_at > now() - interval '5 hours'
                   order by updated_at desc limit 100) lately
             join tool_calls t using (call_sid)
             where t.at > now() - make_interval(secs => $2)) as of_number
            """;

    private AnsweredLately() {}

    /// To the number; where it is none, in this call.
    static int read(Row row) {
        @Nullable String caller = row.getString("caller");
        Long count = row.getLong(PhoneNumber.parse(caller).isPresent() ? "of_number" : "of_call");
        return count == null ? 0 : count.intValue();
    }
}
