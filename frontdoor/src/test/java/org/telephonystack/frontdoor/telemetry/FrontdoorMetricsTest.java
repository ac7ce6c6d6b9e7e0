package org.telephonystack.frontdoor.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.telephonystack.frontdoor.call.Webhook;

class FrontdoorMetricsTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    /// One that appears with its first event did not increase: a wrong token would be noticed one refused call later.
    @ParameterizedTest
    @EnumSource
    void signaturesAndTheirRefusalsStandAtZeroFromTheStart(Webhook webhook) {
        new FrontdoorMetrics(registry);

        for (String reason : new String[] {"signature_missing", "signature_wrong"}) {
            assertThat(
                            registry.get("telephony.security.rejections")
                                    .tags("path", webhook.path(), "reason", reason)
                                    .counter()
                                    .count())
                    .isZero();
        }
        for (String token : new String[] {"current", "next"}) {
            assertThat(
                            registry.get("telephony.twilio.signatures")
                                    .tags("token", token)
                                    .counter()
                                    .count())
                    .isZero();
        }
    }
}
