package org.telephonystack.action.booking;

import org.telephonystack.action.booking.Availability.Match;
import org.telephonystack.action.booking.Schedule.Objection;
import org.telephonystack.action.business.Business;
import org.telephonystack.action.business.Service;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/// One search for an appointment of one service, at one moment.
final class SlotSearch {

    /// The one we offer and two to fall back on: more cannot be kept in mind on the phone.
    private static final int OFFERS = 3;

    /// Longer than anybody thinks about an appointment on the phone.
    private static final Duration OFFER_HOLDS = Duration.ofMinutes(10);

    private final Business business;
    private final Service service;
    private final Schedule schedule;

    private final Optional<PartOfDay> part;

    SlotSearch(Business business, Service service, Instant now) {
        this(business, service, now, Optional.empty());
    }

    /// @param part of the day that is looked at first; a moment that was asked for counts more
    SlotSearch(Business business, Service service, Instant now, Optional<PartOfDay> part) {
        this.part = part;
        this.business = business;
        this.service = service;
        this.schedule = new Schedule(business, now);
    }

    /// Whether this slot can be booked now. What was offered a moment ago is still good while the caller thinks it over.
    Optional<Objection> objectionTo(Slot slot) {
        return schedule.objectionTo(slot, OFFER_HOLDS);
    }

    /// From when on the diary matters.
    Instant beginFor(Wish wish) {
        Instant wished =
                switch (wish) {
                    case Wish.At(var start) -> start;
                    case Wish.OnDay(var day) -> schedule.startOf(day);
                    case Wish.Anytime(), Wish.Unclear() -> schedule.earliest();
                };
        Instant begin = wished.isBefore(schedule.earliest()) ? schedule.earliest() : wished;
        return begin.isAfter(end()) ? end() : begin;
    }

    /// Until when the diary matters: a day more than the calendar is open, for what starts late on its last day.
    Instant end() {
        return schedule.startOf(schedule.lastDay().plusDays(2)).plus(service.buffer());
    }

    Availability answer(Wish wish, Diary diary) {
        return switch (wish) {
            case Wish.Anytime() ->
                    offer(
                            diary,
                            schedule.earliest(),
                            Match.AS_WISHED,
                            Optional.empty(),
                            Optional.empty());
            case Wish.Unclear() -> new Availability.UnclearTime(business);
            case Wish.OnDay(var day) -> onDay(day, diary);
            case Wish.At(var start) -> at(start, diary);
        };
    }

    /// What is free after a start that cannot be had.
    Availability later(Diary diary, Instant wish, Match match) {
        return offer(diary, wish.plusNanos(1), match, Optional.of(wish), Optional.empty());
    }

    private Availability at(Instant start, Diary diary) {
        Slot slot = Slot.of(start, service);
        Optional<Objection> objection = schedule.objectionTo(slot);
        if (objection.isEmpty()) {
            return diary.hasRoomFor(slot)
                    ? exactly(slot, diary)
                    : later(diary, start, Match.WISH_IS_TAKEN);
        }
        return switch (objection.get()) {
            case PAST -> later(diary, start, Match.WISH_IS_PAST);
            case TOO_SOON -> later(diary, start, Match.WISH_IS_TOO_SOON);
            case CLOSED -> later(diary, start, Match.WISH_IS_CLOSED);
            case BEYOND_HORIZON -> beyondHorizon();
        };
    }

    private Availability exactly(Slot slot, Diary diary) {
        List<Slot> alternatives =
                schedule.offers(slot.start().plusNanos(1), service)
                        .filter(diary::hasRoomFor)
                        .limit(OFFERS - 1L)
                        .toList();
        return new Availability.Offer(
                business,
                service,
                Match.AS_WISHED,
                Optional.of(slot.start()),
                Optional.empty(),
                slot,
                alternatives);
    }

    private Availability onDay(LocalDate day, Diary diary) {
        if (day.isAfter(schedule.lastDay())) {
            return beyondHorizon();
        }
        if (!schedule.startOf(day.plusDays(1)).isAfter(schedule.now())) {
            return offer(
                    diary,
                    schedule.earliest(),
                    Match.WISH_IS_PAST,
                    Optional.empty(),
                    Optional.of(day));
        }
        return offer(
                diary,
                schedule.startOf(day),
                Match.DAY_IS_FULL,
                Optional.empty(),
                Optional.of(day));
    }

    private Availability offer(
            Diary diary,
            Instant from,
            Match otherwise,
            Optional<Instant> wish,
            Optional<LocalDate> day) {
        List<Slot> wished = free(diary, from, day, part);
        boolean inPart = !wished.isEmpty() || part.isEmpty();
        List<Slot> free = inPart ? wished : free(diary, from, Optional.empty(), Optional.empty());
        if (free.isEmpty()) {
            return new Availability.NothingFree(business);
        }
        Slot first = free.getFirst();
        boolean onThatDay =
                day.isPresent()
                        && LocalDate.ofInstant(first.start(), schedule.zone()).equals(day.get());
        return new Availability.Offer(
                business,
                service,
                !inPart ? partIsFull(otherwise) : onThatDay ? Match.AS_WISHED : otherwise,
                wish,
                day,
                first,
                free.subList(1, free.size()));
    }

    /// With a part of a day, only that day is looked at: whoever wants Tuesday afternoon may rather come on Tuesday morning.
    private List<Slot> free(
            Diary diary, Instant from, Optional<LocalDate> day, Optional<PartOfDay> in) {
        return schedule.offers(from, service)
                .filter(slot -> in.isEmpty() || in.get().contains(slot.start(), schedule.zone()))
                .filter(slot ->
                        in.isEmpty()
                                || day.isEmpty()
                                || day.get()
                                        .equals(LocalDate.ofInstant(slot.start(), schedule.zone())))
                .filter(diary::hasRoomFor)
                .limit(OFFERS)
                .toList();
    }

    /// What else is wrong with the wish is worth more words.
    private static Match partIsFull(Match otherwise) {
        return switch (otherwise) {
            case AS_WISHED, DAY_IS_FULL -> Match.PART_IS_FULL;
            case WISH_IS_TAKEN, WISH_IS_CLOSED, WISH_IS_PAST, WISH_IS_TOO_SOON, PART_IS_FULL ->
                    otherwise;
        };
    }

    private Availability beyondHorizon() {
        return new Availability.BeyondHorizon(business, schedule.lastDay());
    }
}
