package org.telephonystack.action.booking;

import org.telephonystack.action.business.Business;
import org.telephonystack.action.business.Service;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/// What a look into the calendar comes to.
public sealed interface Availability {

    /// How the offer relates to the wish.
    enum Match {
        AS_WISHED,
        WISH_IS_TAKEN,
        WISH_IS_CLOSED,
        WISH_IS_PAST,
        WISH_IS_TOO_SOON,
        DAY_IS_FULL,
        PART_IS_FULL
    }

    /// @param wish the moment asked for, if one was
    /// @param day the day asked for, if one was
    /// @param alternatives later ones, at most two
    record Offer(
            Business business,
            Service service,
            Match match,
            Optional<Instant> wish,
            Optional<LocalDate> day,
            Slot slot,
            List<Slot> alternatives)
            implements Availability {}

    /// @param lastDay until which the calendar is open
    record BeyondHorizon(Business business, LocalDate lastDay) implements Availability {}

    record NothingFree(Business business) implements Availability {}

    record UnclearTime(Business business) implements Availability {}

    /// @param named whether the caller named one; without a default service one has to be named
    record WhichService(Business business, boolean named) implements Availability {}

    /// No business was applied, so nothing can be booked.
    record NotSetUp() implements Availability {}
}
