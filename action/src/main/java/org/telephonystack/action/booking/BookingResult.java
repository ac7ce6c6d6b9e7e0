package org.telephonystack.action.booking;

import org.telephonystack.action.business.Business;
import org.telephonystack.model.tool.ToolResult;

import java.time.LocalDate;

/// What a wish to book comes to.
public sealed interface BookingResult {

    /// It is in the database: the answer was made from the row, and stored with it.
    ///
    /// @param repeated it had been there before
    record Booked(ToolResult answer, boolean repeated) implements BookingResult {}

    /// That start cannot be had; what can be had instead.
    record Unavailable(Availability instead) implements BookingResult {}

    /// A day is no appointment.
    record TimeMissing(Business business, LocalDate day) implements BookingResult {}
}
