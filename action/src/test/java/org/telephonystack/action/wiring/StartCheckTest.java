package org.telephonystack.action.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class StartCheckTest {

    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration READ = Duration.ofSeconds(10);
    private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

    @Test
    void theSettingsWeComeWithAreWell() {
        assertThat(StartCheck.problems(Duration.ofSeconds(60), CONNECT, READ, TEN_MINUTES))
                .isEmpty();
    }

    @Test
    void aLeaseThatEndsBeforeTwiliosAnswerStopsTheStart() {
        assertThat(StartCheck.problems(Duration.ofSeconds(13), CONNECT, READ, TEN_MINUTES))
                .singleElement()
                .asString()
                .startsWith("telephony.recovery.lease is PT13S")
                .contains("PT13S");
        assertThat(StartCheck.problems(Duration.ofSeconds(14), CONNECT, READ, TEN_MINUTES))
                .isEmpty();
    }

    @Test
    void aValidityThatTwilioRefusesStopsTheStart() {
        assertThat(
                        StartCheck.problems(
                                Duration.ofSeconds(60), CONNECT, READ, Duration.ofSeconds(36_001)))
                .singleElement()
                .asString()
                .contains("telephony.recovery.text-validity is PT10H1S", "21624");
        assertThat(StartCheck.problems(Duration.ofSeconds(60), CONNECT, READ, Duration.ofHours(10)))
                .isEmpty();
    }

    @Test
    void everyProblemIsALineOfItsOwn() {
        assertThat(StartCheck.problems(Duration.ofSeconds(1), CONNECT, READ, Duration.ZERO))
                .hasSize(2)
                .noneMatch(line -> line.contains("\n"));
    }
}
