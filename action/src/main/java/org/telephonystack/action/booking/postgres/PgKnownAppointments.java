package org.telephonystack.action.booking.postgres;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;

import org.telephonystack.action.booking.AppointmentStore.Known;
import org.telephonystack.action.booking.Booking;
import org.telephonystack.action.booking.BookingStore;
import org.telephonystack.model.CallSid;

import java.util.ArrayList;
import java.util.Optional;

/// What is known of a number that wants to hear of its appointments, or to change one.
final class PgKnownAppointments {

    /// Locked, so that nothing but a taken slot can keep one from being moved. Index: bookings_by_number.
    private static final String UPCOMING =
            """
            select id::text, scheduled_time, service_type from bookings
            where e164(client_phone) = $1 and status = 'confirmed' and scheduled_time > now()
            order by scheduled_time limit 10
            for update
            """;

    /// The network's word counts only where all that was heard of the call agrees. The newest client of a number is who has
    /// it, as for whom the assistant greets.
    private static final String FACTS =
            """
            select (select last_name from clients c where phone_e164 = $1
                    order by to_jsonb(c) ->> 'created_at' desc nulls last, c.ctid desc limit 1) last_name,
                   (select coalesce(bool_and(fields ->> 'StirVerstat' = 'TN-Validation-Passed-A'), false)
                    from call_events where call_sid = $2 and fields ? 'StirVerstat') attested,
                   (select count(*) from tool_calls t join calls c using (call_sid)
                    where c.caller = $1 and t.answer ->> 'reason' = 'proof_failed'
                      and t.at > now() - interval '1 day') failed_proofs
            """;

    private PgKnownAppointments() {}

    /// @param connection in the transaction that decides
    static Uni<Known> read(SqlConnection connection, BookingStore.Key key) {
        String caller = key.caller().e164();
        String callSid = key.callSid().map(CallSid::value).orElse("");
        return connection
                .preparedQuery(UPCOMING)
                .execute(Tuple.of(caller))
                .chain(upcoming ->
                        connection
                                .preparedQuery(FACTS)
                                .execute(Tuple.of(caller, callSid))
                                .map(facts -> known(upcoming, facts.iterator().next())));
    }

    private static Known known(RowSet<Row> upcoming, Row facts) {
        var bookings = new ArrayList<Booking>();
        upcoming.forEach(row -> bookings.add(BookingRow.read(row)));
        return new Known(
                bookings,
                Optional.ofNullable(facts.getString("last_name")),
                facts.getBoolean("attested"),
                facts.getLong("failed_proofs").intValue());
    }
}
