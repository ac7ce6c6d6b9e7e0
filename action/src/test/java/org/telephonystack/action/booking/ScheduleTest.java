package org.telephonystack.action.booking;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.telephonystack.action.booking.Schedule.Objection;
import org.telephonystack.action.business.BookingRules;
import org.telephonystack.action.business.Business;
import org.telephonystack.action.business.Businesses;
import org.telephonystack.action.business.OpeningHours;
import org.telephonystack.action.business.OpeningHours.SpecialDay;
import org.telephonystack.action.business.Service;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class ScheduleTest {

    private static final Service HOUR =
            new Service("hour", "hour", Duration.ofMinutes(60), Duration.ZERO);
    private static final BookingRules HOURLY =
            new BookingRules(Duration.ofMinutes(60), Duration.ZERO, 30);

    @Test
    void offersBeginAtTheOpeningAndEndWithTheClosing() {
        Business business = hourly("America/New_York", "09:00-12:00", "13:00-15:00");

        assertThat(offersOn(business, "2026-11-24T00:00:00-05:00"))
                .containsExactly(
                        "2026-11-24T09:00-05:00",
                        "2026-11-24T10:00-05:00",
                        "2026-11-24T11:00-05:00",
                        "2026-11-24T13:00-05:00",
                        "2026-11-24T14:00-05:00");
    }

    @Test
    void aBufferMayRunPastTheClosing() {
        Service lastOne =
                new Service("last", "last", Duration.ofMinutes(60), Duration.ofMinutes(30));
        Business business =
                Businesses.withServices(hourly("America/New_York", "09:00-11:00"), lastOne);

        assertThat(offersOn(business, "2026-11-24T00:00:00-05:00"))
                .containsExactly("2026-11-24T09:00-05:00", "2026-11-24T10:00-05:00");
    }

    @Test
    void anHourThatTheClocksSkipIsNotOffered() {
        assertThat(offersOn(hourly("America/New_York", "00:00-05:00"), "2026-03-08T00:00:00-05:00"))
                .containsExactly(
                        "2026-03-08T00:00-05:00",
                        "2026-03-08T01:00-05:00",
                        "2026-03-08T03:00-04:00",
                        "2026-03-08T04:00-04:00");
    }

    @Test
    void anHourThatComesTwiceIsOfferedTwice() {
        assertThat(offersOn(hourly("America/New_York", "00:00-03:00"), "2026-11-01T00:00:00-04:00"))
                .containsExactly(
                        "2026-11-01T00:00-04:00",
                        "2026-11-01T01:00-04:00",
                        "2026-11-01T01:00-05:00",
                        "2026-11-01T02:00-05:00");
    }

    @Test
    void aClockThatJumpsByHalfAnHourIsNoSpecialCase() {
        assertThat(
                        offersOn(
                                hourly("Australia/Lord_Howe", "00:00-05:00"),
                                "2026-10-04T00:00:00+10:30"))
                .containsExactly(
                        "2026-10-04T00:00+10:30",
                        "2026-10-04T01:00+10:30",
                        "2026-10-04T03:00+11:00",
                        "2026-10-04T04:00+11:00");
    }

    @Test
    void aDayThatBeginsAfterMidnightIsNoSpecialCase() {
        assertThat(offersOn(hourly("Africa/Cairo", "00:00-03:00"), "2026-04-24T01:00:00+03:00"))
                .containsExactly("2026-04-24T01:00+03:00", "2026-04-24T02:00+03:00");
    }

    @Test
    void openingInASkippedHourMeansOpeningWhenTheClocksJump() {
        Business business = hourly("Europe/Berlin", "02:30-05:00");
        Slot atTheJump = Slot.of(Instant.parse("2026-03-29T01:00:00Z"), HOUR);
        Slot before = Slot.of(Instant.parse("2026-03-29T00:59:00Z"), HOUR);
        var schedule = new Schedule(business, Instant.parse("2026-03-28T00:00:00Z"));

        assertThat(schedule.objectionTo(atTheJump)).isEmpty();
        assertThat(schedule.objectionTo(before)).contains(Objection.CLOSED);
    }

    @Test
    void anExceptionReplacesTheHoursOfItsDay() {
        Business normal = hourly("America/New_York", "09:00-17:00");
        LocalDate eve = LocalDate.of(2026, 12, 24);
        Business business =
                Businesses.with(
                        normal,
                        new OpeningHours(
                                normal.hours().weekly(),
                                Map.of(
                                        eve,
                                        new SpecialDay(
                                                Optional.of("Christmas Eve"),
                                                List.of(Businesses.range("09:00-11:00"))),
                                        eve.plusDays(1),
                                        new SpecialDay(Optional.empty(), List.of()))));

        assertThat(offersOn(business, "2026-12-24T00:00:00-05:00"))
                .containsExactly("2026-12-24T09:00-05:00", "2026-12-24T10:00-05:00");
        assertThat(offersOn(business, "2026-12-25T00:00:00-05:00")).isEmpty();
    }

    @Test
    void aDayOffHasNoOffers() {
        Business normal = hourly("America/New_York", "09:00-17:00");
        Business business =
                Businesses.with(
                        normal,
                        new OpeningHours(
                                Map.of(DayOfWeek.MONDAY, List.of(Businesses.range("09:00-10:00"))),
                                Map.of()));

        assertThat(offersOn(business, "2026-11-24T00:00:00-05:00")).isEmpty();
        assertThat(offersOn(business, "2026-11-23T00:00:00-05:00")).hasSize(1);
    }

    @Test
    void objectionsComeInTheOrderOfWhatACallerShouldHear() {
        Business business =
                Businesses.with(
                        hourly("America/New_York", "09:00-17:00"),
                        new BookingRules(Duration.ofMinutes(60), Duration.ofMinutes(90), 7));
        var schedule = new Schedule(business, Instant.parse("2026-11-24T15:00:00Z"));

        assertThat(objection(schedule, "2026-11-24T09:00-05:00")).contains(Objection.PAST);
        assertThat(objection(schedule, "2026-11-24T11:00-05:00")).contains(Objection.TOO_SOON);
        assertThat(objection(schedule, "2026-11-24T11:30-05:00")).isEmpty();
        assertThat(objection(schedule, "2026-11-24T16:30-05:00")).contains(Objection.CLOSED);
        assertThat(objection(schedule, "2026-11-25T08:59-05:00")).contains(Objection.CLOSED);
        assertThat(objection(schedule, "2026-12-01T16:00-05:00")).isEmpty();
        assertThat(objection(schedule, "2026-12-02T09:00-05:00"))
                .contains(Objection.BEYOND_HORIZON);
    }

    private static Optional<Objection> objection(Schedule schedule, String start) {
        return schedule.objectionTo(Slot.of(OffsetDateTime.parse(start).toInstant(), HOUR));
    }

    private static Business hourly(String zone, String... ranges) {
        return Businesses.withServices(Businesses.with(Businesses.in(zone, ranges), HOURLY), HOUR);
    }

    /// What is offered on the day that begins then, an hour before it.
    private static List<String> offersOn(Business business, String dayStart) {
        Instant start = OffsetDateTime.parse(dayStart).toInstant();
        var schedule = new Schedule(business, start);
        LocalDate day = LocalDate.ofInstant(start, schedule.zone());
        return schedule.offers(start, business.services().getFirst())
                .map(slot -> slot.start().atZone(schedule.zone()).toOffsetDateTime())
                .takeWhile(at -> at.toLocalDate().equals(day))
                .map(OffsetDateTime::toString)
                .toList();
    }
}
