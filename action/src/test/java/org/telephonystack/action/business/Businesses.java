package org.telephonystack.action.business;

import org.telephonystack.action.business.OpeningHours.Range;
import org.telephonystack.model.PhoneNumber;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Businesses for tests.
public final class Businesses {

    public static final Service GENERAL =
            new Service("general", "general", Duration.ofMinutes(30), Duration.ZERO);
    public static final Service CLEANING =
            new Service(
                    "cleaning", "deep cleaning", Duration.ofMinutes(45), Duration.ofMinutes(15));

    private Businesses() {}

    /// Open every day from 9 to 17.
    public static Business in(String zone) {
        return in(zone, "09:00-17:00");
    }

    public static Business in(String zone, String... ranges) {
        List<Range> daily = List.of(ranges).stream().map(Businesses::range).toList();
        var weekly = new EnumMap<DayOfWeek, List<Range>>(DayOfWeek.class);
        for (DayOfWeek day : DayOfWeek.values()) {
            weekly.put(day, daily);
        }
        return new Business(
                profile(zone, "en"),
                new BookingRules(Duration.ofMinutes(30), Duration.ofMinutes(60), 30),
                new OpeningHours(weekly, Map.of()),
                List.of(CLEANING, GENERAL),
                List.of("Chair 1"));
    }

    public static Business with(Business business, OpeningHours hours) {
        return new Business(
                business.profile(),
                business.rules(),
                hours,
                business.services(),
                business.resources());
    }

    public static Business with(Business business, BookingRules rules) {
        return new Business(
                business.profile(),
                rules,
                business.hours(),
                business.services(),
                business.resources());
    }

    public static Business withResources(Business business, String... resources) {
        return new Business(
                business.profile(),
                business.rules(),
                business.hours(),
                business.services(),
                List.of(resources));
    }

    public static Business withServices(Business business, Service... services) {
        return new Business(
                business.profile(),
                business.rules(),
                business.hours(),
                List.of(services),
                business.resources());
    }

    public static Business speaking(Business business, String language) {
        return new Business(
                profile(business.profile().zone().getId(), language),
                business.rules(),
                business.hours(),
                business.services(),
                business.resources());
    }

    /// @param human who takes calls while the business is open
    public static Business reachableAt(Business business, Optional<PhoneNumber> human) {
        Profile profile = business.profile();
        return new Business(
                new Profile(
                        profile.name(),
                        profile.zone(),
                        profile.language(),
                        profile.persona(),
                        profile.voice(),
                        profile.disclosure(),
                        human,
                        profile.bookingLink()),
                business.rules(),
                business.hours(),
                business.services(),
                business.resources());
    }

    public static Range range(String text) {
        return new Range(LocalTime.parse(text.substring(0, 5)), LocalTime.parse(text.substring(6)));
    }

    private static Profile profile(String zone, String language) {
        return new Profile(
                "Riverside Dental",
                ZoneId.of(zone),
                language,
                "You are Ava.",
                "shimmer",
                Optional.empty(),
                Optional.empty(),
                Optional.of("https://riverside.example/book"));
    }
}
