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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

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
    private final FreeSlots free;

    SlotSearch(Business business, Service service, Instant now, BookingStore calendar) {
        this(business, service, now, calendar, Optional.empty());
    }

    /// @param part of the day that is looked at first; a moment that was asked for counts more
    SlotSearch(
            Business business,
            Service service,
            Instant now,
            BookingStore calendar,
            Optional<PartOfDay> part) {
        this.part = part;
        this.business = business;
        this.service = service;
        this.schedule = new Schedule(business, now);
        this.free = new FreeSlots(schedule, service, calendar);
    }

    /// Whether this slot can be booked now. What was offered a moment ago is still good while the caller thinks it over.
    Optional<Objection> objectionTo(Slot slot) {
        return schedule.objectionTo(slot, OFFER_HOLDS);
    }

    CompletionStage<Availability> answer(Wish wish) {
        return switch (wish) {
            case Wish.Anytime() ->
                    offer(schedule.earliest(), Match.AS_WISHED, Optional.empty(), Optional.empty());
            case Wish.Unclear() -> done(new Availability.UnclearTime(business));
            case Wish.OnDay(var day) -> onDay(day);
            case Wish.At(var start) -> at(start);
        };
    }

    /// What is free after a start that cannot be had.
    CompletionStage<Availability> later(Instant wish, Match match) {
        return offer(wish.plusNanos(1), match, Optional.of(wish), Optional.empty());
    }

    private CompletionStage<Availability> at(Instant start) {
        Slot slot = Slot.of(start, service);
        Optional<Objection> objection = schedule.objectionTo(slot);
        if (objection.isEmpty()) {
            return free.hasRoomFor(slot)
                    .thenCompose(room -> room ? exactly(slot) : later(start, Match.WISH_IS_TAKEN));
        }
        return switch (objection.get()) {
            case PAST -> later(start, Match.WISH_IS_PAST);
            case TOO_SOON -> later(start, Match.WISH_IS_TOO_SOON);
            case CLOSED -> later(start, Match.WISH_IS_CLOSED);
            case BEYOND_HORIZON -> done(beyondHorizon());
        };
    }

    private CompletionStage<Availability> exactly(Slot slot) {
        return find(OFFERS - 1, slot.start().plusNanos(1), schedule.lastDay(), _ -> true)
                .thenApply(alternatives ->
                        new Availability.Offer(
                                business,
                                service,
                                Match.AS_WISHED,
                                Optional.of(slot.start()),
                                Optional.empty(),
                                slot,
                                alternatives));
    }

    private CompletionStage<Availability> onDay(LocalDate day) {
        if (day.isAfter(schedule.lastDay())) {
            return done(beyondHorizon());
        }
        boolean isOver = !schedule.startOf(day.plusDays(1)).isAfter(schedule.now());
        return isOver
                ? offer(schedule.earliest(), Match.WISH_IS_PAST, Optional.empty(), Optional.of(day))
                : offer(
                        schedule.startOf(day),
                        Match.DAY_IS_FULL,
                        Optional.empty(),
                        Optional.of(day));
    }

    private CompletionStage<Availability> offer(
            Instant from, Match otherwise, Optional<Instant> wish, Optional<LocalDate> day) {
        if (part.isEmpty()) {
            return any(from).thenApply(free -> wished(free, otherwise, wish, day));
        }
        return inPart(part.get(), from, day)
                .thenCompose(free ->
                        free.isEmpty()
                                ? any(from)
                                        .thenApply(rest ->
                                                offered(rest, partIsFull(otherwise), wish, day))
                                : done(wished(free, otherwise, wish, day)));
    }

    private Availability wished(
            List<Slot> free, Match otherwise, Optional<Instant> wish, Optional<LocalDate> day) {
        boolean onThatDay =
                !free.isEmpty()
                        && day.filter(schedule.dayOf(free.getFirst().start())::equals).isPresent();
        return offered(free, onThatDay ? Match.AS_WISHED : otherwise, wish, day);
    }

    private Availability offered(
            List<Slot> free, Match match, Optional<Instant> wish, Optional<LocalDate> day) {
        return free.isEmpty()
                ? new Availability.NothingFree(business)
                : new Availability.Offer(
                        business,
                        service,
                        match,
                        wish,
                        day,
                        free.getFirst(),
                        free.subList(1, free.size()));
    }

    private CompletionStage<List<Slot>> any(Instant from) {
        return find(OFFERS, from, schedule.lastDay(), _ -> true);
    }

    /// With a part of a day, only that day is looked at: whoever wants Tuesday afternoon may rather come on Tuesday morning.
    private CompletionStage<List<Slot>> inPart(
            PartOfDay wanted, Instant from, Optional<LocalDate> day) {
        return find(
                OFFERS,
                from,
                day.orElse(schedule.lastDay()),
                slot ->
                        wanted.contains(slot.start(), schedule.zone())
                                && day.map(schedule.dayOf(slot.start())::equals).orElse(true));
    }

    private CompletionStage<List<Slot>> find(
            int most, Instant from, LocalDate lastDay, Predicate<Slot> filter) {
        return free.find(new FreeSlots.Wanted(most, from, lastDay, filter));
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

    private static CompletionStage<Availability> done(Availability availability) {
        return CompletableFuture.completedStage(availability);
    }
}
