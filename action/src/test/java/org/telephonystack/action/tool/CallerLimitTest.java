package org.telephonystack.action.tool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;

class CallerLimitTest {

    private Instant now = Instant.parse("2026-11-22T12:00:00Z");
    private final CallerLimit limit = new CallerLimit(3, Duration.ofMinutes(1), () -> now);

    @Test
    void aCallerHasSoManyAndNoMoreUntilTheMinuteIsOver() {
        for (int i = 0; i < 3; i++) {
            assertThat(limit.admits("+14155550199")).isTrue();
        }
        assertThat(limit.admits("+14155550199")).isFalse();
        assertThat(limit.admits("+14155550100")).as("somebody else").isTrue();

        now = now.plusSeconds(60);

        assertThat(limit.admits("+14155550199")).isTrue();
    }

    @Test
    void tenThousandCallersLaterTheFirstIsForgottenAndNothingGrows() {
        for (int i = 0; i < 4; i++) {
            limit.admits("first");
        }
        for (int i = 0; i < 10_000; i++) {
            limit.admits("caller " + i);
        }

        assertThat(limit.admits("first")).isTrue();
    }
}
