package org.telephonystack.action.tool;

import org.telephonystack.action.booking.AppointmentDesk;
import org.telephonystack.action.booking.AppointmentRequest.Proof;
import org.telephonystack.action.business.Business;
import org.telephonystack.model.tool.ToolCall;
import org.telephonystack.model.tool.ToolResult;
import org.telephonystack.model.tool.Tools.RescheduleBooking;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// `reschedule_booking`: moves an appointment of the number that calls, or says why not; then it stays where it was.
public final class RescheduleBookingTool implements ToolHandler<RescheduleBooking> {

    private final AppointmentDesk desk;
    private final Appointments appointments;

    public RescheduleBookingTool(AppointmentDesk desk, Appointments appointments) {
        this.desk = desk;
        this.appointments = appointments;
    }

    @Override
    public CompletionStage<ToolResult> handle(RescheduleBooking wish, ToolCall call) {
        return appointments.answer(
                call,
                new Proof(wish.name(), wish.time()),
                ToolEvents.Booking.MOVED,
                request ->
                        desk.move(
                                request,
                                wish.newTime(),
                                (business, booking) ->
                                        Appointments.done(Phrase.MOVED, business, booking)));
    }

    @Override
    public Keeps keeps() {
        return Keeps.REFUSALS;
    }

    @Override
    public ToolResult unavailable(Optional<Business> known) {
        return Appointments.away(known);
    }
}
