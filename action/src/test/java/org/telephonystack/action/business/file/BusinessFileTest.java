package org.telephonystack.action.business.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.telephonystack.action.business.AdmissionRules;
import org.telephonystack.action.business.AdmissionRules.Limits;
import org.telephonystack.action.business.Business;
import org.telephonystack.action.business.Businesses;
import org.telephonystack.action.business.Service;
import org.telephonystack.action.business.file.BusinessFile.Reading;
import org.telephonystack.model.PhoneNumber;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

class BusinessFileTest {

    private static final String SMALLEST =
            """
            {
              "name": "Riverside Dental",
              "zone": "America/New_York",
              "persona": "You are Ava.",
              "hours": {"monday": ["13:00-17:00", "09:00-12:00"]},
              "services": [{"name": "general", "minutes": 30}],
              "resources": ["Chair 1"]
            }
            """;

    @Test
    void theBusinessOfTheDemoIsValid() {
        Business business = valid(resource("/demo/business.json"));

        assertThat(business.profile().name()).isEqualTo("Riverside Dental");
        assertThat(business.services())
                .extracting(Service::name)
                .containsExactly("general", "cleaning", "checkup");
        assertThat(business.resources()).hasSize(1);
        assertThat(business.hours().on(LocalDate.of(2026, 12, 24)))
                .containsExactly(Businesses.range("09:00-12:00"));
        assertThat(business.hours().on(LocalDate.of(2026, 12, 25))).isEmpty();
    }

    @Test
    void whatIsLeftOutHasADefault() {
        Business business = valid(SMALLEST);

        assertThat(business.profile().zone()).isEqualTo(ZoneId.of("America/New_York"));
        assertThat(business.profile().language()).isEqualTo("en");
        assertThat(business.profile().voice()).isEqualTo("shimmer");
        assertThat(business.profile().bookingLink()).isEmpty();
        assertThat(business.rules().step()).isEqualTo(Duration.ofMinutes(30));
        assertThat(business.rules().lead()).isEqualTo(Duration.ofMinutes(60));
        assertThat(business.rules().horizonDays()).isEqualTo(60);
        assertThat(business.services().getFirst().label()).isEqualTo("general");
        assertThat(business.hours().weekly().get(DayOfWeek.MONDAY))
                .containsExactly(Businesses.range("09:00-12:00"), Businesses.range("13:00-17:00"));
    }

    @Test
    void everyProblemIsNamedWithItsPathAtOnce() {
        assertThat(
                        problems(
                                """
                                {
                                  "name": "",
                                  "zone": "EST",
                                  "language": "xx",
                                  "persona": 7,
                                  "transferNumber": "555-1234",
                                  "bookingLink": "riverside",
                                  "booking": {"stepMinutes": 1, "leadTime": 5},
                                  "hours": {"monday": ["9-17", "10:00-12:00", "11:00-13:00"], "caturday": []},
                                  "holidays": [{"day": "Christmas"}, {"hours": []}],
                                  "services": [{"name": "Deep Clean", "minutes": 0, "bufer": 5}, {"minutes": 30}],
                                  "resources": ["Chair", "Chair", 5]
                                }
                                """))
                .containsExactlyInAnyOrder(
                        "name: is no text",
                        "zone: is no time zone, e.g. America/New_York",
                        "language: is neither en nor es",
                        "persona: is no text",
                        "transferNumber: is no E.164 number, e.g. +14155550100",
                        "bookingLink: is no web address, e.g. https://example.com/book",
                        "booking.stepMinutes: is no whole number from 5 to 240",
                        "booking.leadTime: is no known name here",
                        "hours.monday: has a range that is not like 09:00-17:00, on one day",
                        "hours.monday: has ranges that touch or overlap; write them as one",
                        "hours.caturday: is no known name here",
                        "holidays[0].day: is no date, e.g. 2026-12-25",
                        "holidays[1].day: is missing",
                        "services[0].name: has more than small letters, digits, - and _",
                        "services[0].minutes: is no whole number from 5 to 1440",
                        "services[0].bufer: is no known name here",
                        "services[1].name: is missing",
                        "resources[2]: is no text",
                        "resources: names one twice");
    }

    @Test
    void whoIsTurnedAwayMayBeLeftOut() {
        assertThat(admission(SMALLEST)).isEqualTo(AdmissionRules.NONE);
    }

    @Test
    void theFileSaysWhoIsBlockedAndWhatADayMayTake() {
        AdmissionRules rules =
                admission(
                        with(
                                """
                                "blockedCallers": ["+14155550111", "+14155550112"],
                                "limits": {"minutesADay": 600, "costADay": 25, "costADayPerCaller": 2.50}
                                """));

        assertThat(rules.blocked())
                .containsExactly(new PhoneNumber("+14155550111"), new PhoneNumber("+14155550112"));
        assertThat(rules.aDay())
                .isEqualTo(new Limits(Optional.of(600), Optional.of(new BigDecimal("25"))));
        assertThat(rules.aDayPerCaller().minutes()).isEmpty();
        assertThat(rules.aDayPerCaller().cost().orElseThrow()).isEqualByComparingTo("2.5");
    }

    @Test
    void everyProblemOfWhoIsTurnedAwayIsNamed() {
        assertThat(
                        problems(
                                with(
                                        """
                                        "blockedCallers": ["+14155550111", "415-555-0112", 7, "+14155550111"],
                                        "limits": {"minutesADay": 0, "minutesADayPerCaller": 1.5, "costADay": "25",
                                                   "costADayPerCaller": -1, "minutes": 5}
                                        """)))
                .containsExactlyInAnyOrder(
                        "blockedCallers[1]: is no E.164 number, e.g. +14155550100",
                        "blockedCallers[2]: is no text",
                        "blockedCallers: names one twice",
                        "limits.minutesADay: is no whole number from 1 to 144000",
                        "limits.minutesADayPerCaller: is no whole number from 1 to 144000",
                        "limits.costADay: is no amount above 0 and up to 1000000",
                        "limits.costADayPerCaller: is no amount above 0 and up to 1000000",
                        "limits.minutes: is no known name here");
    }

    private static String with(String more) {
        return SMALLEST.substring(0, SMALLEST.lastIndexOf('}')) + "," + more + "}";
    }

    private static AdmissionRules admission(String json) {
        return switch (BusinessFile.read(json)) {
            case Reading.Valid(_, var admission) -> admission;
            case Reading.Invalid(var problems) -> throw new AssertionError(problems);
        };
    }

    @Test
    void anEmptyObjectIsToldWhatIsMissing() {
        assertThat(problems("{}"))
                .containsExactlyInAnyOrder(
                        "name: is missing",
                        "zone: is missing",
                        "persona: is missing",
                        "hours: opens on no day",
                        "services: names none; at least one is needed",
                        "resources: names none; at least one chair, room or person is needed");
    }

    @Test
    void whatIsNoJsonIsToldWhere() {
        assertThat(problems("{\n  \"name\": \"A\",\n  \"name\": \"B\"\n}"))
                .singleElement()
                .asString()
                .startsWith("line 3: no JSON");
    }

    private static Business valid(String json) {
        return switch (BusinessFile.read(json)) {
            case Reading.Valid(var business, _) -> business;
            case Reading.Invalid(var problems) -> throw new AssertionError(problems);
        };
    }

    private static List<String> problems(String json) {
        return switch (BusinessFile.read(json)) {
            case Reading.Valid(var business, _) -> throw new AssertionError(business);
            case Reading.Invalid(var problems) -> problems;
        };
    }

    private static String resource(String name) {
        try (var stream = BusinessFileTest.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new AssertionError(name + " is not there");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
