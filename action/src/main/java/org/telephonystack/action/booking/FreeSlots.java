package org.telephonystack.action.booking;

import org.telephonystack.action.business.Service;

import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Looks into the calendar week by week, and no further than it must: a year of a busy one is tens of thousands of bookings. It
/// serves one search; what it has read it does not read again.
final class FreeSlots {

    private static final int DAYS_AT_ONCE = 7;

    private final Schedule schedule;
    private final Service service;
    private final BookingStore calendar;
    private final Map<LocalDate, CompletionStage<Diary>> weeks = new HashMap<>();

    FreeSlots(Schedule schedule, Service service, BookingStore calendar) {
        this.schedule = schedule;
        this.service = service;
        this.calendar = calendar;
    }

    /// @param most so many are enough
    /// @param from nothing before
    /// @param lastDay that is looked at
    record Wanted(int most, Instant from, LocalDate lastDay, Predicate<Slot> filter) {}

    /// @param slot that the schedule allows
    CompletionStage<Boolean> hasRoomFor(Slot slot) {
        return week(schedule.dayOf(slot.start())).thenApply(diary -> diary.hasRoomFor(slot));
    }

    /// What is offered and free, in order of time.
    CompletionStage<List<Slot>> find(Wanted wanted) {
        Instant earliest = schedule.earliest();
        Instant from = wanted.from().isBefore(earliest) ? earliest : wanted.from();
        return find(wanted, schedule.dayOf(from), List.of());
    }

    /// Weeks in which nothing is offered are not read.
    private CompletionStage<List<Slot>> find(Wanted wanted, LocalDate first, List<Slot> found) {
        LocalDate week = first;
        while (!week.isAfter(wanted.lastDay())) {
            LocalDate next = week.plusDays(DAYS_AT_ONCE);
            List<Slot> offers = offers(wanted, week, next.minusDays(1));
            if (!offers.isEmpty()) {
                return week(week)
                        .thenApply(diary -> free(wanted, found, offers, diary))
                        .thenCompose(free ->
                                free.size() < wanted.most()
                                        ? find(wanted, next, free)
                                        : CompletableFuture.completedStage(free));
            }
            week = next;
        }
        return CompletableFuture.completedStage(found);
    }

    private List<Slot> offers(Wanted wanted, LocalDate first, LocalDate last) {
        Instant begin = schedule.startOf(first);
        return schedule.offers(
                        wanted.from().isAfter(begin) ? wanted.from() : begin,
                        last.isBefore(wanted.lastDay()) ? last : wanted.lastDay(),
                        service)
                .filter(wanted.filter())
                .toList();
    }

    private static List<Slot> free(
            Wanted wanted, List<Slot> found, List<Slot> offers, Diary diary) {
        return Stream.concat(found.stream(), offers.stream().filter(diary::hasRoomFor))
                .limit(wanted.most())
                .toList();
    }

    /// A day more than the week has, for what starts late on its last day.
    private CompletionStage<Diary> week(LocalDate first) {
        return weeks.computeIfAbsent(
                first,
                _ ->
                        calendar.diary(
                                schedule.startOf(first),
                                schedule.startOf(first.plusDays(DAYS_AT_ONCE + 1L))
                                        .plus(service.buffer())));
    }
}
