package org.telephonystack.action.booking;

import java.time.Instant;

/// An appointment as it stands in the database.
///
/// @param id of whatever type the table has: the original may count
/// @param service the name of the service
public record Booking(String id, Instant start, String service) {}
