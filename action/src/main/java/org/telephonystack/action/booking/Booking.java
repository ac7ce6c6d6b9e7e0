package org.telephonystack.action.booking;

import java.time.Instant;
import java.util.UUID;

/// An appointment as it stands in the database.
///
/// @param service the name of the service
public record Booking(UUID id, Instant start, String service) {}
