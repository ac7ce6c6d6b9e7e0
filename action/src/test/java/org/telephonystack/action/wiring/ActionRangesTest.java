package org.telephonystack.action.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Map;

class ActionRangesTest {

    @ParameterizedTest
    @CsvSource({
        "telephony.tool.limit, 0",
        "telephony.tool.booking-limit, 0",
        "telephony.tool.most-a-minute, 0",
        "telephony.admission.keep, 0",
        "telephony.admission.daily-limit, -1h",
        "telephony.reaper.every, 0",
        "telephony.reaper.lease, -1s",
        "telephony.recovery.every, 0",
        "telephony.recovery.texts-a-day, -1",
        "telephony.recovery.database-limit, 0",
        "telephony.recovery.text-validity, 36001s",
        "telephony.twilio.connect-timeout, 0",
        "telephony.twilio.connect-timeout, 30d",
        "telephony.twilio.breaker-failures, 0",
        "telephony.recording.timeout, 0",
        "telephony.recording.retention, 0",
        "telephony.retention.transcripts, 0",
        "telephony.analysis.timeout, 0",
        "telephony.cost.audio-in, -1"
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
        "telephony.tool.limit, 2s",
        "telephony.recovery.texts-a-day, 0",
        "telephony.recovery.every, off",
        "telephony.analysis.every, disabled",
        "telephony.retention.transcripts, 90d",
        "telephony.retention.unhandled-messages, 365d",
        "telephony.cost.audio-in, 32.5"
    })
    void whatServesIsTaken(String name, String value) {
        assertThat(problems(name, value)).isEmpty();
    }

    @Test
    void whatIsNotSetIsNoProblem() {
        assertThat(ActionRanges.ALL.problems(_ -> null, _ -> null)).isEmpty();
    }

    private static List<String> problems(String name, String value) {
        return ActionRanges.ALL.problems(Map.of(name, value)::get, _ -> null);
    }
}
