package org.telephonystack.action.tool;

import org.telephonystack.action.booking.AppointmentDesk;
import org.telephonystack.action.booking.AppointmentRequest;
import org.telephonystack.action.booking.AppointmentRequest.Proof;
import org.telephonystack.action.booking.AppointmentResult;
import org.telephonystack.action.booking.Booking;
import org.telephonystack.action.business.Business;
import org.telephonystack.model.tool.ToolResult;
import org.telephonystack.model.tool.Tools.CancelBooking;

import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;

/// `cancel_booking`: cancels an appointment of the number that calls. Only a row that says so is called cancelled.
public final class CancelBookingTool extends ChangeBookingTool<CancelBooking> {

    public CancelBookingTool(AppointmentDesk desk, Appointments appointments) {
        super(desk, appointments, ToolEvents.Booking.CANCELLED, Phrase.CANCELLED);
    }

    @Override
    Proof proof(CancelBooking wish) {
        return new Proof(wish.name(), wish.time());
    }

    @Override
    CompletionStage<AppointmentResult> change(
            AppointmentDesk at,
            AppointmentRequest request,
            CancelBooking wish,
            BiFunction<Business, Booking, ToolResult> answer) {
        return at.cancel(request, answer);
    }
}
