package org.telephonystack.stream.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Map;

class StreamRangesTest {

    @ParameterizedTest
    @CsvSource({
        "telephony.model.ping-every, 0",
        "telephony.model.ping-every, PT0.0004S",
        "telephony.model.warm-ping-every, 0s",
        "telephony.model.ready-timeout, 0",
        "telephony.model.connect-timeout, -1s",
        "telephony.model.warm-age, 0",
        "telephony.model.warm-sessions, -1",
        "telephony.model.breaker-attempts, 0",
        "telephony.model.breaker-delay, 0",
        "telephony.model.latch, -5m",
        "telephony.model.threshold, 1.5",
        "telephony.model.max-output-tokens, 0",
        "telephony.model.connect-timeout, 30d",
        "telephony.call.early-audio, -1s",
        "telephony.call.reconnect-kept-audio, -2s",
        "telephony.call.reconnect-attempts, -1",
        "telephony.call.reconnect-within, 0",
        "telephony.call.tool-chain, 0",
        "telephony.call.tool-deadline, 0",
        "telephony.call.longest-call, 0",
        "telephony.call.caller-silence, 0",
        "telephony.action.deadline, 0",
        "telephony.stream.call-limit, 0",
        "telephony.stream.heartbeat, 0",
        "telephony.stream.database-silence, 0",
        "telephony.stream.database-silence, 900ms",
        "telephony.stream.start-within, 0",
        "telephony.trace.ratio, 2"
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
        "telephony.model.ping-every, 3s",
        "telephony.model.latch, 0",
        "telephony.model.warm-sessions, 0",
        "telephony.model.prefix-padding, 0ms",
        "telephony.model.max-output-tokens, 1024",
        "telephony.call.early-audio, 0",
        "telephony.call.reconnect-attempts, 0",
        "telephony.call.longest-call, PT30M",
        "telephony.call.longest-call, ${LONGEST:30m}",
        "telephony.stream.database-silence, 1s",
        "telephony.trace.ratio, 0"
    })
    void whatServesIsTaken(String name, String value) {
        assertThat(problems(name, value)).isEmpty();
    }

    @Test
    void whatIsNotSetIsNoProblem() {
        assertThat(StreamRanges.ALL.problems(_ -> null, _ -> null)).isEmpty();
    }

    private static List<String> problems(String name, String value) {
        return StreamRanges.ALL.problems(Map.of(name, value)::get, _ -> null);
    }
}
