package org.telephonystack.stream.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class StartCheckTest {

    @Test
    void aDrainThatIsNoLongerThanAHandOverStopsTheStart() {
        assertThat(StartCheck.ORDER.problems(_ -> Duration.ofSeconds(20)))
                .singleElement()
                .asString()
                .startsWith("telephony.stream.drain-limit is PT20S: ")
                .endsWith("telephony.call.hand-over-within (PT20S)");
    }
}
