package org.telephonystack.action.booking;

import org.telephonystack.action.business.Business;
import org.telephonystack.action.business.OpeningHours;
import org.telephonystack.action.business.Service;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/// When appointments may start, bookings aside: opening hours, notice and horizon, in the business's zone.
///
/// On the two days a year on which the clocks change, a local time that is skipped is never offered, and one that comes
/// twice is offered twice, as long as the business is open.
final class Schedule {

    /// Why an appointment cannot start then.
    enum Objection {
        PAST,
        TOO_SOON,
        BEYOND_HORIZON,
        CLOSED
    }

    private final Business business;
    private final Instant now;

    Schedule(Business business, Instant now) {
        this.business = business;
        this.now = now;
    }

    ZoneId zone() {
        return business.profile().zone();
    }

    Instant now() {
        return now;
    }

    Instant earliest() {
        return now.plus(business.rules().lead());
    }

    LocalDate lastDay() {
        return dayOf(now).plusDays(business.rules().horizonDays());
    }

    LocalDate dayOf(Instant moment) {
        return LocalDate.ofInstant(moment, zone());
    }

    Instant startOf(LocalDate day) {
        return day.atStartOfDay(zone()).toInstant();
    }

    /// Starts between the steps we offer are fine: it is the caller's wish.
    Optional<Objection> objectionTo(Slot slot) {
        return objectionTo(slot, Duration.ZERO);
    }

    /// @param grace by how much the notice may be shorter than the business wants it
    Optional<Objection> objectionTo(Slot slot, Duration grace) {
        if (slot.start().isBefore(now)) {
            return Optional.of(Objection.PAST);
        }
        if (slot.start().isBefore(earliest().minus(grace))) {
            return Optional.of(Objection.TOO_SOON);
        }
        LocalDate day = dayOf(slot.start());
        if (day.isAfter(lastDay())) {
            return Optional.of(Objection.BEYOND_HORIZON);
        }
        boolean open = business.hours().on(day).stream().anyMatch(range -> fits(slot, day, range));
        return open ? Optional.empty() : Optional.of(Objection.CLOSED);
    }

    /// What we would offer from that moment on, in order of time.
    Stream<Slot> offers(Instant from, Service service) {
        return offers(from, lastDay(), service);
    }

    /// @param until the last day, however long the calendar is open
    Stream<Slot> offers(Instant from, LocalDate until, Service service) {
        Instant start = from.isBefore(earliest()) ? earliest() : from;
        LocalDate first = dayOf(start);
        LocalDate last = until.isBefore(lastDay()) ? until : lastDay();
        if (first.isAfter(last)) {
            return Stream.empty();
        }
        return first.datesUntil(last.plusDays(1))
                .flatMap(day -> offersOn(day, service))
                .filter(slot -> !slot.start().isBefore(start));
    }

    private Stream<Slot> offersOn(LocalDate day, Service service) {
        return business.hours().on(day).stream()
                .flatMap(range ->
                        steps(range)
                                .flatMap(time -> moments(day.atTime(time)))
                                .map(start -> Slot.of(start, service))
                                .filter(slot -> fits(slot, day, range)))
                .sorted(Comparator.comparing(Slot::start));
    }

    private Stream<LocalTime> steps(OpeningHours.Range range) {
        long stepMinutes = business.rules().step().toMinutes();
        long minutes = Duration.between(range.opens(), range.closes()).toMinutes();
        return Stream.iterate(0L, minute -> minute < minutes, minute -> minute + stepMinutes)
                .map(range.opens()::plusMinutes);
    }

    private Stream<Instant> moments(LocalDateTime time) {
        return zone().getRules().getValidOffsets(time).stream().map(time::toInstant);
    }

    /// The appointment ends before the business closes; its buffer may run on.
    private boolean fits(Slot slot, LocalDate day, OpeningHours.Range range) {
        return !slot.start().isBefore(firstMoment(day.atTime(range.opens())))
                && !slot.end().isAfter(firstMoment(day.atTime(range.closes())));
    }

    /// A local time that is skipped begins when the clocks jump; of two the first counts, so that we rather close early
    /// than promise what may not be kept.
    private Instant firstMoment(LocalDateTime time) {
        var transition = zone().getRules().getTransition(time);
        if (transition != null && transition.isGap()) {
            return transition.getInstant();
        }
        ZoneOffset offset = zone().getRules().getValidOffsets(time).getFirst();
        return time.toInstant(offset);
    }
}
