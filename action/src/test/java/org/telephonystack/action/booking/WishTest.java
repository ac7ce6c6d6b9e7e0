package org.telephonystack.action.booking;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

class WishTest {

    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    @ParameterizedTest
    @CsvSource({
        "2026-11-24T15:00, 2026-11-24T20:00:00Z",
        "2026-11-24 15:00, 2026-11-24T20:00:00Z",
        "2026-11-24t15:00:00, 2026-11-24T20:00:00Z",
        "2026-11-24T15:00:37.5, 2026-11-24T20:00:00Z",
        "2026-11-24T15:00:00-05:00, 2026-11-24T20:00:00Z",
        "2026-11-24T21:00+01:00, 2026-11-24T20:00:00Z",
        "2026-11-24T20:00:00Z, 2026-11-24T20:00:00Z",
        "' 2026-07-01T15:00 ', 2026-07-01T19:00:00Z",
        // comes twice: the first is meant
        "2026-11-01T01:30, 2026-11-01T05:30:00Z",
    })
    void aMomentIsReadInTheZoneOfTheBusinessUnlessItSaysItsOwn(String text, Instant start) {
        assertThat(Wish.parse(text, NEW_YORK)).isEqualTo(new Wish.At(start));
    }

    @Test
    void aDateIsADay() {
        assertThat(Wish.parse("2026-11-24", NEW_YORK))
                .isEqualTo(new Wish.OnDay(LocalDate.of(2026, 11, 24)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tomorrow at 3",
                "2026-13-01",
                "2026-02-30T10:00",
                "2026-11-24T25:00",
                "+999999999-12-31T23:59",
                "24/11/2026",
                "2026-03-08T02:30",
                "T",
                ""
            })
    void whatNamesNoMomentIsUnclear(String text) {
        assertThat(Wish.parse(text, NEW_YORK)).isEqualTo(new Wish.Unclear());
    }
}
