package org.telephonystack.action.booking;

import org.telephonystack.action.business.Service;

import java.time.Instant;

/// A time that an appointment takes.
///
/// @param end of the appointment, excluded
/// @param blockedUntil end of the buffer behind it, excluded: until then its resource is taken
public record Slot(Instant start, Instant end, Instant blockedUntil) {

    static Slot of(Instant start, Service service) {
        Instant end = start.plus(service.duration());
        return new Slot(start, end, end.plus(service.buffer()));
    }
}
