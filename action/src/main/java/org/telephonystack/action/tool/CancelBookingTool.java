package org.telephonystack.action.tool;

import org.telephonystack.action.booking.AppointmentDesk;
import org.telephonystack.action.booking.AppointmentRequest.Proof;
import org.telephonystack.action.business.Business;
import org.telephonystack.model.tool.ToolCall;
import org.telephonystack.model.tool.ToolResult;
import org.telephonystack.model.tool.Tools.CancelBooking;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// `cancel_booking`: cancels an appointment of the number that calls. Only a row that says so is called cancelled.
public final class CancelBookingTool implements ToolHandler<CancelBooking> {

    private final AppointmentDesk desk;
    private final Appointments appointments;

    public CancelBookingTool(AppointmentDesk desk, Appointments appointments) {
        this.desk = desk;
        this.appointments = appointments;
    }

    @Override
    public CompletionStage<ToolResult> handle(CancelBooking wish, ToolCall call) {
        return appointments.answer(
                call,
                new Proof(wish.name(), wish.time()),
                ToolEvents.Booking.CANCELLED,
                request ->
                        desk.cancel(
                                request,
                                (business, booking) ->
                                        Appointments.done(Phrase.CANCELLED, business, booking)));
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
