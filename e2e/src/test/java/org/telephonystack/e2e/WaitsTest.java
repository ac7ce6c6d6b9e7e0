package org.telephonystack.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

class WaitsTest {

    private static final Duration HALF = Duration.ofMillis(1_500);
    private static final Duration ALMOST_ALL = Duration.ofSeconds(3);

    @Test
    void halfOfTheCallersMayWaitLonger() {
        var waits = new Waits(List.of(2_900L, 700L, 1_400L));

        waits.below(HALF, ALMOST_ALL, 1);

        assertThat(waits.percentile(0.5)).isEqualTo("1.4 s");
        assertThat(waits.percentile(0.99)).isEqualTo("2.9 s");
    }

    @Test
    void oneWhoWaitsTooLongIsTooMuchAmongFewCallers() {
        var waits = new Waits(List.of(700L, 3_000L, 700L));

        assertThatThrownBy(() -> waits.below(HALF, ALMOST_ALL, 1))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("99 %");
    }

    @Test
    void halfOfThemTooLongIsTooMuch() {
        var waits = new Waits(List.of(700L, 1_600L, 1_700L));

        assertThatThrownBy(() -> waits.below(HALF, ALMOST_ALL, 1))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("half");
    }

    @Test
    void aMachineThatIsTwiceAsSlowMayTakeTwiceAsLong() {
        var waits = new Waits(List.of(2_900L, 2_900L, 5_900L));

        waits.below(HALF, ALMOST_ALL, 2);
    }

    @Test
    void whereNobodyWaitedTheTableSaysSo() {
        assertThat(Waits.NONE.percentile(0.5)).isEqualTo("none");
    }
}
