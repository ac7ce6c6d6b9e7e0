package org.telephonystack.frontdoor.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Map;

class FrontdoorRangesTest {

    @ParameterizedTest
    @CsvSource({
        "telephony.admission.every, 0",
        "telephony.admission.fresh-for, -1s",
        "telephony.after-stream.deadline, 0",
        "telephony.after-stream.breaker-delay, 0",
        "telephony.announcement.timeout, 0",
        "telephony.announcement.timeout, 30d",
        "telephony.announcement.max-outstanding, 0",
        "telephony.dial.timeout, 4s",
        "telephony.dial.timeout, 601s",
        "telephony.voicemail.max-length, 0",
        "telephony.trace.ratio, -0.1"
    })
    void whatWouldBreakCallsIsNamedInOneLineBeforeTheStart(String name, String value) {
        assertThat(problems(name, value))
                .singleElement()
                .asString()
                .startsWith(name + " is " + value + ": set it to ")
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @CsvSource({
        "telephony.admission.every, 2s",
        "telephony.after-stream.deadline, 300ms",
        "telephony.dial.timeout, 20s",
        "telephony.voicemail.max-length, 2m"
    })
    void whatServesIsTaken(String name, String value) {
        assertThat(problems(name, value)).isEmpty();
    }

    @Test
    void whatIsNotSetIsNoProblem() {
        assertThat(FrontdoorRanges.ALL.problems(_ -> null, _ -> null)).isEmpty();
    }

    private static List<String> problems(String name, String value) {
        return FrontdoorRanges.ALL.problems(Map.of(name, value)::get, _ -> null);
    }
}
