package org.telephonystack.stream.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;

import jakarta.inject.Inject;

import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.junit.jupiter.api.Test;
import org.telephonystack.model.CallSid;
import org.telephonystack.stream.admission.CallAdmission;

import java.net.URI;
import java.util.Map;

/// An application of its own: a process that drains does not come back.
@QuarkusTest
@TestProfile(DrainTest.Alone.class)
@QuarkusTestResource(Surroundings.class)
class DrainTest {

    public static final class Alone implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            // The waiting socket is to be closed by the drain, however slow the machine is.
            return Map.of("telephony.stream.start-within", "60s");
        }
    }

    @TestHTTPResource("/")
    @SuppressWarnings("NullAway.Init") // injected
    URI http;

    @Inject StreamLifecycle lifecycle;
    @Inject CallAdmission admission;
    @Inject FakeModels models;
    @Inject @Readiness DrainReadiness readiness;

    @Test
    void aLeavingProcessHandsItsCallsOverAndLetsNobodyIn() {
        CallSid call = TwilioPeer.newCallSid();
        try (TwilioPeer talking = TwilioPeer.connect(http.getPort());
                TwilioPeer waiting = TwilioPeer.connect(http.getPort())) {
            talking.start(call, "+14155550199", TwilioPeer.ticket(call));
            await().until(() -> models.connects.get() == 1);
            assertThat(readiness.call().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);

            lifecycle.onLeaving(new ShutdownDelayInitiatedEvent());

            assertThat(talking.closeCode()).isEqualTo(1001);
            assertThat(waiting.closeCode()).isEqualTo(1001);
        }
        assertThat(Database.text("select end_reason from calls where call_sid = ?", call.value()))
                .isEqualTo("handed_over");
        assertThat(
                        Database.text(
                                "select bool_or(stopped_at is not null and draining) from stream_instances"))
                .isEqualTo("t");
        assertThat(admission.active()).isZero();
        assertThat(
                        TwilioPeer.statusOf(
                                http.getPort(),
                                TwilioPeer.PATH,
                                TwilioPeer.signature(TwilioPeer.PATH)))
                .isEqualTo(503);
        assertThat(readiness.call().getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
    }
}
