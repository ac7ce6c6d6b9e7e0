package org.telephonystack.action.booking;

import org.telephonystack.action.business.Business;
import org.telephonystack.model.tool.ToolResult;

import java.time.LocalDate;
import java.util.List;

/// What a wish about existing appointments comes to.
public sealed interface AppointmentResult {

    /// It is in the database: the answer was made from the row, and stored with it.
    ///
    /// @param repeated it had been there before
    record Changed(ToolResult answer, boolean repeated) implements AppointmentResult {}

    /// @param upcoming earliest first; may be empty
    record Upcoming(Business business, List<Booking> upcoming) implements AppointmentResult {}

    /// The caller has several, or none at the time they named.
    record WhichOne(Business business, List<Booking> upcoming) implements AppointmentResult {}

    /// A caller id can be forged, so nothing of the appointments may be told or changed.
    ///
    /// @param attempted the caller said something, and it did not match
    record NotProven(Business business, boolean attempted) implements AppointmentResult {}

    /// That start cannot be had; what can be had instead. The appointment stays where it was.
    record Unavailable(Availability instead) implements AppointmentResult {}

    /// A day is no appointment.
    record TimeMissing(Business business, LocalDate day) implements AppointmentResult {}
}
