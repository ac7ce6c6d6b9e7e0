package org.telephonystack.action.tool;

import org.telephonystack.action.booking.AppointmentDesk;
import org.telephonystack.action.booking.AppointmentRequest.Proof;
import org.telephonystack.action.business.Business;
import org.telephonystack.model.tool.ToolCall;
import org.telephonystack.model.tool.ToolResult;
import org.telephonystack.model.tool.Tools.ListBookings;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// `list_bookings`: the appointments of the number that calls, to whom it belongs.
public final class ListBookingsTool implements ToolHandler<ListBookings> {

    private final AppointmentDesk desk;
    private final Appointments appointments;

    public ListBookingsTool(AppointmentDesk desk, Appointments appointments) {
        this.desk = desk;
        this.appointments = appointments;
    }

    @Override
    public CompletionStage<ToolResult> handle(ListBookings wish, ToolCall call) {
        // Nothing changes here, so nothing but a repetition could be counted.
        return appointments.answer(
                call, new Proof(wish.name(), wish.time()), ToolEvents.Booking.REPEATED, desk::list);
    }

    @Override
    public ToolResult unavailable(Optional<Business> known) {
        return Appointments.away(known);
    }
}
