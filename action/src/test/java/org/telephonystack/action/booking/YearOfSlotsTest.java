package org.telephonystack.action.booking;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.telephonystack.action.booking.Diary.Taken;
import org.telephonystack.action.business.BookingRules;
import org.telephonystack.action.business.Business;
import org.telephonystack.action.business.Businesses;
import org.telephonystack.action.business.OpeningHours;
import org.telephonystack.action.business.OpeningHours.Range;
import org.telephonystack.action.business.OpeningHours.SpecialDay;
import org.telephonystack.action.business.Service;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.UUID;

/// A whole year of random businesses in zones whose clocks jump by an hour, by half an hour, or never: what is offered is
/// compared with an oracle that only knows how to walk from minute to minute and to read the clock on the wall.
class YearOfSlotsTest {

    private static final int DAYS_AT_ONCE = 4;
    private static final LocalDate NEW_YEAR = LocalDate.of(2026, 1, 1);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "America/New_York",
                "Europe/Madrid",
                "Australia/Lord_Howe",
                "Asia/Kathmandu"
            })
    void everyDayOfTheYearOffersWhatTheClockOnTheWallAllows(String zoneName) {
        ZoneId zone = ZoneId.of(zoneName);
        var random = new Random(zoneName.hashCode());
        for (int day = 0; day < 366; day += DAYS_AT_ONCE) {
            LocalDate first = NEW_YEAR.plusDays(day);
            Instant now =
                    first.atTime(random.nextInt(24), random.nextInt(60)).atZone(zone).toInstant();
            Service service =
                    new Service(
                            "any",
                            "any",
                            Duration.ofMinutes(5 + 5L * random.nextInt(30)),
                            Duration.ofMinutes(5L * random.nextInt(7)));
            Business business = business(zoneName, first, service, random);
            var schedule = new Schedule(business, now);

            List<Slot> offers = schedule.offers(now, service).toList();

            assertThat(offers.stream().map(Slot::start).toList())
                    .as("%s, %s at %s", zoneName, business.hours(), now)
                    .containsExactlyElementsOf(oracle(business, service, now));
            assertThat(offers)
                    .allSatisfy(slot -> {
                        assertThat(schedule.objectionTo(slot)).isEmpty();
                        assertThat(Duration.between(slot.start(), slot.end()))
                                .isEqualTo(service.duration());
                        assertThat(Duration.between(slot.end(), slot.blockedUntil()))
                                .isEqualTo(service.buffer());
                    });
            whatIsOfferedIsFree(business, service, now, offers, random);
        }
    }

    /// Whatever is taken: at most three, the earliest that are free, and none of them taken.
    private static void whatIsOfferedIsFree(
            Business business, Service service, Instant now, List<Slot> offers, Random random) {
        List<UUID> chairs = List.of(new UUID(0, 1), new UUID(0, 2));
        var taken = new ArrayList<Taken>();
        for (UUID chair : chairs) {
            Instant at = now;
            for (int i = 0; i < 12; i++) {
                at = at.plus(random.nextInt(300), ChronoUnit.MINUTES);
                Instant until = at.plus(1L + random.nextInt(400), ChronoUnit.MINUTES);
                taken.add(new Taken(chair, at, until));
                at = until;
            }
        }
        List<Slot> free =
                offers.stream()
                        .filter(slot ->
                                chairs.stream()
                                        .anyMatch(chair ->
                                                taken.stream()
                                                        .filter(one -> one.resource().equals(chair))
                                                        .noneMatch(one -> meet(one, slot))))
                        .limit(3)
                        .toList();

        Availability answer =
                new SlotSearch(business, service, now, new FakeBookingStore(chairs, taken))
                        .answer(new Wish.Anytime())
                        .toCompletableFuture()
                        .join();

        if (free.isEmpty()) {
            assertThat(answer).isInstanceOf(Availability.NothingFree.class);
        } else {
            assertThat(answer)
                    .isInstanceOfSatisfying(
                            Availability.Offer.class,
                            offer -> {
                                assertThat(offer.slot()).isEqualTo(free.getFirst());
                                assertThat(offer.alternatives())
                                        .isEqualTo(free.subList(1, free.size()));
                            });
        }
    }

    private static boolean meet(Taken one, Slot slot) {
        return one.from().isBefore(slot.blockedUntil()) && slot.start().isBefore(one.until());
    }

    private static List<Instant> oracle(Business business, Service service, Instant now) {
        ZoneId zone = business.profile().zone();
        Instant earliest = now.plus(business.rules().lead());
        LocalDate lastDay =
                LocalDateTime.ofInstant(now, zone)
                        .toLocalDate()
                        .plusDays(business.rules().horizonDays());
        var starts = new TreeSet<Instant>();
        Map<LocalDate, Map<LocalTime, Instant>> closings = new HashMap<>();
        Instant minute = now.truncatedTo(ChronoUnit.MINUTES);
        for (LocalDateTime wall = LocalDateTime.ofInstant(minute, zone);
                !wall.toLocalDate().isAfter(lastDay);
                minute = minute.plus(1, ChronoUnit.MINUTES),
                        wall = LocalDateTime.ofInstant(minute, zone)) {
            for (Range range : business.hours().on(wall.toLocalDate())) {
                long sinceOpening = ChronoUnit.MINUTES.between(range.opens(), wall.toLocalTime());
                boolean step =
                        sinceOpening >= 0
                                && wall.toLocalTime().isBefore(range.closes())
                                && sinceOpening % business.rules().step().toMinutes() == 0;
                if (step && !minute.isBefore(earliest)) {
                    LocalDate day = wall.toLocalDate();
                    Instant closing =
                            closings.computeIfAbsent(day, _ -> new HashMap<>())
                                    .computeIfAbsent(
                                            range.closes(), closes -> closing(closes, day, zone));
                    if (!minute.plus(service.duration()).isAfter(closing)) {
                        starts.add(minute);
                    }
                }
            }
        }
        return List.copyOf(starts);
    }

    private static LocalDate wallDay(Instant minute, ZoneId zone) {
        return LocalDateTime.ofInstant(minute, zone).toLocalDate();
    }

    /// The first minute of the day at which the wall shows the closing time or later.
    private static Instant closing(LocalTime closes, LocalDate day, ZoneId zone) {
        Instant minute = day.atStartOfDay(ZoneOffset.UTC).toInstant().minus(Duration.ofHours(15));
        while (wallDay(minute, zone).isBefore(day)
                || (wallDay(minute, zone).equals(day)
                        && LocalDateTime.ofInstant(minute, zone).toLocalTime().isBefore(closes))) {
            minute = minute.plus(1, ChronoUnit.MINUTES);
        }
        return minute;
    }

    private static Business business(String zone, LocalDate first, Service service, Random random) {
        var weekly = new EnumMap<DayOfWeek, List<Range>>(DayOfWeek.class);
        for (DayOfWeek day : DayOfWeek.values()) {
            weekly.put(day, ranges(random));
        }
        var exceptions = new HashMap<LocalDate, SpecialDay>();
        if (random.nextInt(3) == 0) {
            exceptions.put(
                    first.plusDays(random.nextInt(DAYS_AT_ONCE)),
                    new SpecialDay(
                            Optional.of("special"),
                            random.nextBoolean() ? List.of() : ranges(random)));
        }
        Business business =
                Businesses.with(Businesses.in(zone), new OpeningHours(weekly, exceptions));
        return Businesses.with(
                Businesses.withServices(business, service),
                new BookingRules(
                        Duration.ofMinutes(List.of(5, 15, 20, 30, 45, 60).get(random.nextInt(6))),
                        Duration.ofMinutes(random.nextInt(600)),
                        DAYS_AT_ONCE - 1));
    }

    /// Up to three, apart from each other; the small hours, in which clocks jump, are as likely as any.
    private static List<Range> ranges(Random random) {
        List<Integer> minutes =
                random.ints(2L * random.nextInt(4), 0, 24 * 12)
                        .map(five -> five * 5)
                        .distinct()
                        .boxed()
                        .sorted(Comparator.naturalOrder())
                        .toList();
        var ranges = new ArrayList<Range>();
        for (int i = 0; i + 1 < minutes.size(); i += 2) {
            ranges.add(
                    new Range(
                            LocalTime.MIN.plusMinutes(minutes.get(i)),
                            LocalTime.MIN.plusMinutes(minutes.get(i + 1))));
        }
        return ranges;
    }
}
