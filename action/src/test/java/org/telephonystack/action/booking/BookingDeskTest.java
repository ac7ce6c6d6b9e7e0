package org.telephonystack.action.booking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.telephonystack.action.booking.Availability.Match;
import org.telephonystack.action.business.AdmissionRules;
import org.telephonystack.action.business.BookingRules;
import org.telephonystack.action.business.Business;
import org.telephonystack.action.business.BusinessStore;
import org.telephonystack.action.business.Businesses;
import org.telephonystack.action.business.CurrentBusiness;
import org.telephonystack.model.CallSid;
import org.telephonystack.model.PhoneNumber;
import org.telephonystack.model.tool.ToolResult;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Monday, November 23, 10 AM in New York; open every day from 9 to 17, an hour's notice, 30 days ahead.
class BookingDeskTest {

    private static final Instant NOW = Instant.parse("2026-11-23T15:00:00Z");

    private final FakeBookingStore store = new FakeBookingStore(1);
    private final BookingDesk desk = deskAt(NOW);

    @Test
    void withoutAWishTheNextFreeSlotIsOffered() {
        var offer = offer(Optional.empty());

        assertThat(offer.match()).isEqualTo(Match.AS_WISHED);
        assertThat(times(offer))
                .containsExactly(
                        "2026-11-23T11:00-05:00",
                        "2026-11-23T11:30-05:00",
                        "2026-11-23T12:00-05:00");
    }

    @Test
    void aWishThatIsFreeIsOfferedEvenBetweenTheSteps() {
        var offer = offer(Optional.of("2026-11-24T15:10"));

        assertThat(offer.match()).isEqualTo(Match.AS_WISHED);
        assertThat(times(offer))
                .containsExactly(
                        "2026-11-24T15:10-05:00",
                        "2026-11-24T15:30-05:00",
                        "2026-11-24T16:00-05:00");
    }

    @Test
    void aWishThatIsTakenLeadsToTheNextLaterSlot() {
        book("2026-11-24T15:00", 1);

        var offer = offer(Optional.of("2026-11-24T15:00"));

        assertThat(offer.match()).isEqualTo(Match.WISH_IS_TAKEN);
        assertThat(times(offer).getFirst()).isEqualTo("2026-11-24T15:30-05:00");
    }

    @Test
    void aWishOutsideTheHoursLeadsToTheNextOpening() {
        var offer = offer(Optional.of("2026-11-24T20:00"));

        assertThat(offer.match()).isEqualTo(Match.WISH_IS_CLOSED);
        assertThat(times(offer).getFirst()).isEqualTo("2026-11-25T09:00-05:00");
    }

    @Test
    void aWishInThePastOrTooSoonLeadsToTheEarliestSlot() {
        var past = offer(Optional.of("2026-11-20T15:00"));
        var tooSoon = offer(Optional.of("2026-11-23T10:30"));

        assertThat(past.match()).isEqualTo(Match.WISH_IS_PAST);
        assertThat(times(past).getFirst()).isEqualTo("2026-11-23T11:00-05:00");
        assertThat(tooSoon.match()).isEqualTo(Match.WISH_IS_TOO_SOON);
        assertThat(times(tooSoon).getFirst()).isEqualTo("2026-11-23T11:00-05:00");
    }

    @Test
    void aDayLeadsToItsFirstFreeSlotAndAFullOneToTheNextDay() {
        assertThat(times(offer(Optional.of("2026-11-24"))).getFirst())
                .isEqualTo("2026-11-24T09:00-05:00");
        for (int i = 0; i < 16; i++) {
            book(
                    OffsetDateTime.parse("2026-11-24T09:00-05:00").plusMinutes(30L * i).toString(),
                    100 + i);
        }

        var offer = offer(Optional.of("2026-11-24"));

        assertThat(offer.match()).isEqualTo(Match.DAY_IS_FULL);
        assertThat(times(offer).getFirst()).isEqualTo("2026-11-25T09:00-05:00");
    }

    @Test
    void aPartOfADayIsLookedAtFirst() {
        assertThat(times(part("2026-11-24", "afternoon")))
                .containsExactly(
                        "2026-11-24T12:00-05:00",
                        "2026-11-24T12:30-05:00",
                        "2026-11-24T13:00-05:00");
        assertThat(times(part("2026-11-24", "Morning")).getFirst())
                .isEqualTo("2026-11-24T09:00-05:00");
        assertThat(part("2026-11-24", "afternoon").match()).isEqualTo(Match.AS_WISHED);
    }

    @Test
    void aPartOfADayThatIsFullLeadsToTheRestOfTheDay() {
        var offer = part("2026-11-24", "evening");

        assertThat(offer.match()).isEqualTo(Match.PART_IS_FULL);
        assertThat(times(offer).getFirst()).isEqualTo("2026-11-24T09:00-05:00");
    }

    private Availability.Offer part(String day, String part) {
        return (Availability.Offer)
                desk.check(Optional.of(day), Optional.empty(), Optional.of(part))
                        .toCompletableFuture()
                        .join();
    }

    @Test
    void aDayThatIsNearIsFoundInOneWeekOfTheCalendar() {
        offer(Optional.of("2026-11-24T15:00"));

        assertThat(store.read()).hasSize(1);
        assertThat(store.read().getFirst()).isLessThan(Duration.ofDays(9));
    }

    @Test
    void aYearThatIsFullIsSearchedToItsEnd() {
        UUID chair = new UUID(0, 1);
        Instant lastSlot = Instant.parse("2027-11-23T21:30:00Z");
        Business business = yearAhead();
        var full =
                new FakeBookingStore(
                        List.of(chair),
                        List.of(
                                new Diary.Taken(chair, NOW, lastSlot),
                                new Diary.Taken(chair, lastSlot.plusSeconds(1800), Instant.MAX)));

        assertThat(anytime(business, full))
                .isInstanceOfSatisfying(
                        Availability.Offer.class,
                        offer -> {
                            assertThat(offer.slot().start()).isEqualTo(lastSlot);
                            assertThat(offer.alternatives()).isEmpty();
                        });
        assertThat(full.read()).hasSize(53).allMatch(part -> part.toDays() < 9);

        var fuller =
                new FakeBookingStore(
                        List.of(chair), List.of(new Diary.Taken(chair, NOW, Instant.MAX)));
        assertThat(anytime(business, fuller)).isInstanceOf(Availability.NothingFree.class);
    }

    /// Three are wanted, and they lie months apart.
    @Test
    void whatIsFreeInDifferentWeeksIsOfferedTogether() {
        UUID chair = new UUID(0, 1);
        Instant march = Instant.parse("2027-03-01T14:00:00Z");
        Instant june = Instant.parse("2027-06-01T13:00:00Z");
        var store =
                new FakeBookingStore(
                        List.of(chair),
                        List.of(
                                new Diary.Taken(chair, NOW, march),
                                new Diary.Taken(chair, march.plusSeconds(1800), june)));

        assertThat(anytime(yearAhead(), store))
                .isInstanceOfSatisfying(
                        Availability.Offer.class,
                        offer -> {
                            assertThat(offer.slot().start()).isEqualTo(march);
                            assertThat(offer.alternatives())
                                    .extracting(Slot::start)
                                    .containsExactly(june, june.plusSeconds(1800));
                        });
    }

    @Test
    void aWishOfLongAgoIsAnsweredAtOnce() {
        assertThat(offer(Optional.of("0001-01-01T15:00")).match()).isEqualTo(Match.WISH_IS_PAST);
        assertThat(store.read()).hasSize(1);
    }

    @Test
    void aPartOfADayInWhichNobodyIsThereIsNotLookedFor() {
        desk.check(Optional.empty(), Optional.empty(), Optional.of("evening"))
                .toCompletableFuture()
                .join();

        assertThat(store.read()).as("for the rest of the day").hasSize(1);
    }

    private static Business yearAhead() {
        return Businesses.with(
                Businesses.in("America/New_York"),
                new BookingRules(Duration.ofMinutes(30), Duration.ofMinutes(60), 365));
    }

    private static Availability anytime(Business business, BookingStore store) {
        return new SlotSearch(business, Businesses.GENERAL, NOW, store)
                .answer(new Wish.Anytime())
                .toCompletableFuture()
                .join();
    }

    @Test
    void beyondTheHorizonNothingIsOffered() {
        assertThat(check(Optional.of("2027-06-01"), Optional.empty()))
                .isInstanceOf(Availability.BeyondHorizon.class);
        assertThat(check(Optional.of("2027-06-01T15:00"), Optional.empty()))
                .isInstanceOf(Availability.BeyondHorizon.class);
    }

    @Test
    void aServiceIsFoundByNameOrLabelAndOthersAreNot() {
        assertThat(check(Optional.empty(), Optional.of("Deep Cleaning")))
                .isInstanceOfSatisfying(
                        Availability.Offer.class,
                        offer -> assertThat(offer.service()).isEqualTo(Businesses.CLEANING));
        assertThat(check(Optional.empty(), Optional.of("massage")))
                .isInstanceOf(Availability.WhichService.class);
    }

    @Test
    void anOfferThatBecomesTooSoonWhileTheCallerThinksIsStillGood() {
        String offered = times(offer(Optional.empty())).getFirst();

        BookingResult soon = book(deskAt(NOW.plusSeconds(20)), offered, 1);
        BookingResult muchLater = book(deskAt(NOW.plusSeconds(1_800)), offered, 2);

        assertThat(soon).isInstanceOf(BookingResult.Booked.class);
        assertThat(muchLater).isInstanceOf(BookingResult.Unavailable.class);
    }

    @Test
    void whatWasBookedByThisCallIsStillBookedWhenItHasBecomeTooSoon() {
        book("2026-11-23T11:00", 1);

        var later = book(deskAt(NOW.plusSeconds(600)), "2026-11-23T11:00", 1);

        assertThat(later)
                .isInstanceOfSatisfying(
                        BookingResult.Booked.class,
                        booked -> assertThat(booked.repeated()).isTrue());
        assertThat(store.bookings()).hasSize(1);
    }

    @Test
    void whatCannotBeBookedLeavesNoRow() {
        for (String time :
                List.of("2026-11-20T15:00", "2026-11-24T20:00", "2027-06-01T15:00", "soon")) {
            assertThat(book(time, 1)).as(time).isInstanceOf(BookingResult.Unavailable.class);
        }
        assertThat(book("2026-11-24", 1)).isInstanceOf(BookingResult.TimeMissing.class);
        assertThat(store.bookings()).isEmpty();
    }

    @Test
    void aBookingThatLostTheRaceIsToldALaterSlot() {
        book("2026-11-24T15:00", 1);

        assertThat(book("2026-11-24T15:00", 2))
                .isInstanceOfSatisfying(
                        BookingResult.Unavailable.class,
                        result ->
                                assertThat(((Availability.Offer) result.instead()).match())
                                        .isEqualTo(Match.WISH_IS_TAKEN));
    }

    @Test
    void aCalendarThatIsAwayIsAFailureNotAnAnswer() {
        store.goAway();

        assertThatThrownBy(() -> book("2026-11-24T15:00", 1)).hasRootCauseMessage("away");
    }

    private Availability.Offer offer(Optional<String> time) {
        return (Availability.Offer) check(time, Optional.empty());
    }

    private Availability check(Optional<String> time, Optional<String> service) {
        return desk.check(time, service, Optional.empty()).toCompletableFuture().join();
    }

    private BookingResult book(String time, int call) {
        return book(desk, time, call);
    }

    private static BookingResult book(BookingDesk desk, String time, int call) {
        var request =
                new BookingRequest(
                        new PhoneNumber("+14155550199"),
                        time,
                        Optional.empty(),
                        Optional.of(new CallSid("CA" + call)),
                        Optional.empty(),
                        desk.deadline());
        return desk.book(request, (_, _, _) -> ToolResult.success("booked", Map.of()))
                .toCompletableFuture()
                .join();
    }

    private static List<String> times(Availability.Offer offer) {
        var slots = new ArrayList<>(List.of(offer.slot()));
        slots.addAll(offer.alternatives());
        return slots.stream()
                .map(slot ->
                        slot.start()
                                .atZone(offer.business().profile().zone())
                                .toOffsetDateTime()
                                .toString())
                .toList();
    }

    private BookingDesk deskAt(Instant now) {
        return new BookingDesk(
                new CurrentBusiness(new OneBusiness()),
                store,
                Clock.fixed(now, ZoneOffset.UTC),
                Duration.ofSeconds(10));
    }

    private static final class OneBusiness implements BusinessStore {
        @Override
        public CompletionStage<Optional<Business>> load() {
            return CompletableFuture.completedFuture(
                    Optional.of(Businesses.in("America/New_York")));
        }

        @Override
        public CompletionStage<Void> apply(Business business, AdmissionRules rules) {
            throw new UnsupportedOperationException();
        }
    }
}
