package org.telephonystack.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Map;

class SettingRangesTest {

    private static final Map<String, String> NOTHING = Map.of();

    private final SettingRanges ranges =
            new SettingRanges().durations("telephony.a.ping-every").count("telephony.a.most", 1);

    @Test
    void eachProblemIsALineOfItsOwnAndSaysWhatIsTaken() {
        var set = Map.of("telephony.a.ping-every", "0", "telephony.a.most", "-3");

        assertThat(ranges.problems(set::get, NOTHING::get))
                .containsExactly(
                        "telephony.a.ping-every is 0: set it to 1ms at least and 24d at most;"
                                + " docs/configuration.md says what it does",
                        "telephony.a.most is -3: set it to 1 at least and 2147483647 at most;"
                                + " docs/configuration.md says what it does");
    }

    @Test
    void whatCannotBeReadIsNamedToo() {
        var set = Map.of("telephony.a.ping-every", "soon", "telephony.a.most", "1.5");

        assertThat(ranges.problems(set::get, NOTHING::get))
                .containsExactly(
                        "telephony.a.ping-every cannot be \"soon\": docs/configuration.md says what it takes",
                        "telephony.a.most cannot be \"1.5\": docs/configuration.md says what it takes");
    }

    @Test
    void variablesAreReadWhereNoPropertySaysOtherwise() {
        var variables = Map.of("TELEPHONY_A_PING_EVERY", " 0 ", "TELEPHONY_A_MOST", "0");
        var properties = Map.of("telephony.a.most", "7");

        assertThat(ranges.problems(properties::get, variables::get))
                .singleElement()
                .asString()
                .startsWith("telephony.a.ping-every is 0:");
    }

    @Test
    void whatIsBlankOrForQuarkusToWorkOutIsLeftAlone() {
        var set = Map.of("telephony.a.ping-every", "${EVERY:3s}", "telephony.a.most", " ");

        assertThat(ranges.problems(set::get, NOTHING::get)).isEmpty();
    }
}
