package org.telephonystack.action.tool;

import org.telephonystack.action.booking.AppointmentDesk;
import org.telephonystack.action.booking.AppointmentRequest;
import org.telephonystack.action.booking.AppointmentRequest.Proof;
import org.telephonystack.action.booking.AppointmentResult;
import org.telephonystack.action.booking.Booking;
import org.telephonystack.action.business.Business;
import org.telephonystack.model.tool.ToolResult;
import org.telephonystack.model.tool.Tools.RescheduleBooking;

import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;

/// `reschedule_booking`: moves an appointment of the number that calls, or says why not; then it stays where it was.
public final class RescheduleBookingTool extends ChangeBookingTool<RescheduleBooking> {

    public RescheduleBookingTool(AppointmentDesk desk, Appointments appointments) {
        super(desk, appointments, ToolEvents.Booking.MOVED, Phrase.MOVED);
    }

    @Override
    Proof proof(RescheduleBooking wish) {
        return new Proof(wish.name(), wish.time());
    }

    @Override
    CompletionStage<AppointmentResult> change(
            AppointmentDesk at,
            AppointmentRequest request,
            RescheduleBooking wish,
            BiFunction<Business, Booking, ToolResult> answer) {
        return at.move(request, wish.newTime(), answer);
    }
}
