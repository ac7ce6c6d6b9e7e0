package org.telephonystack.action.business;

import java.time.Duration;

/// When appointments may start, beside the opening hours.
///
/// @param step distance of the starts we offer, counted from the opening
/// @param lead how long before its start an appointment must be booked
/// @param horizonDays how many days ahead the calendar is open, today not counted
public record BookingRules(Duration step, Duration lead, int horizonDays) {}
