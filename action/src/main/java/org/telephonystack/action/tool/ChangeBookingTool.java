package org.telephonystack.action.tool;

import org.telephonystack.action.booking.AppointmentDesk;
import org.telephonystack.action.booking.AppointmentRequest;
import org.telephonystack.action.booking.AppointmentRequest.Proof;
import org.telephonystack.action.booking.AppointmentResult;
import org.telephonystack.action.booking.Booking;
import org.telephonystack.action.business.Business;
import org.telephonystack.model.tool.ToolCall;
import org.telephonystack.model.tool.ToolResult;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;

/// A tool that changes an appointment of the number that calls, for whoever shows that the number is theirs. What is said of a
/// change is made from the row as it was stored.
///
/// @param <P> the record of its parameters
abstract class ChangeBookingTool<P extends Record> implements ToolHandler<P> {

    private final AppointmentDesk desk;
    private final Appointments appointments;
    private final ToolEvents.Booking changed;
    private final Phrase confirmation;

    ChangeBookingTool(
            AppointmentDesk desk,
            Appointments appointments,
            ToolEvents.Booking changed,
            Phrase confirmation) {
        this.desk = desk;
        this.appointments = appointments;
        this.changed = changed;
        this.confirmation = confirmation;
    }

    /// What the caller said to show that the number is theirs.
    abstract Proof proof(P wish);

    abstract CompletionStage<AppointmentResult> change(
            AppointmentDesk at,
            AppointmentRequest request,
            P wish,
            BiFunction<Business, Booking, ToolResult> answer);

    @Override
    public final CompletionStage<ToolResult> handle(P wish, ToolCall call) {
        return appointments.answer(
                call,
                proof(wish),
                changed,
                request ->
                        change(
                                desk,
                                request,
                                wish,
                                (business, booking) ->
                                        Appointments.done(confirmation, business, booking)));
    }

    @Override
    public final Keeps keeps() {
        return Keeps.REFUSALS;
    }

    @Override
    public final ToolResult unavailable(Optional<Business> known) {
        return Appointments.away(known);
    }
}
