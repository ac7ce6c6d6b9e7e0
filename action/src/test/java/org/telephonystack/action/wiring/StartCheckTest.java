package org.telephonystack.action.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.Objects.requireNonNull;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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

    @Test
    void aBookingThatMayTakeAsLongAsItsToolStopsTheStart() {
        assertThat(ordered("telephony.tool.limit", Duration.ofMillis(1_700)))
                .singleElement()
                .asString()
                .startsWith("telephony.tool.limit is PT1.7S: ")
                .endsWith("telephony.tool.booking-limit (PT1.7S)");
    }

    @Test
    void aSecondRedirectBeforeTheFirstIsAnsweredStopsTheStart() {
        assertThat(ordered("telephony.reaper.lease", Duration.ofSeconds(3)))
                .singleElement()
                .asString()
                .startsWith("telephony.reaper.lease is PT3S: ")
                .endsWith("telephony.reaper.redirect-limit (PT3S)");
    }

    /// As we come, but for one.
    private static List<String> ordered(String name, Duration value) {
        var settings =
                new HashMap<>(
                        Map.of(
                                "telephony.tool.limit", Duration.ofSeconds(2),
                                "telephony.tool.booking-limit", Duration.ofMillis(1_700),
                                "telephony.reaper.lease", Duration.ofSeconds(5),
                                "telephony.reaper.redirect-limit", Duration.ofSeconds(3)));
        settings.put(name, value);
        return StartCheck.ORDER.problems(asked -> requireNonNull(settings.get(asked)));
    }
}
