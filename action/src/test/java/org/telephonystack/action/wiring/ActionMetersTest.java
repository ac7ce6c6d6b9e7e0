package org.telephonystack.action.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActionMetersTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    /// One that appears with its first event did not increase: a wrong token would be noticed one refused callback later.
    @ParameterizedTest
    @CsvSource({
        "telephony.security.rejections, reason, signature_missing",
        "telephony.security.rejections, reason, signature_wrong",
        "telephony.security.rejections, reason, service_secret",
        "telephony.twilio.signatures, token, current",
        "telephony.twilio.signatures, token, next"
    })
    void whoIsLetInAndWhoIsNotStandsAtZeroFromTheStart(String meter, String label, String value) {
        new ActionMeters(registry);

        assertThat(registry.get(meter).tags(label, value).counter().count()).isZero();
    }
}
