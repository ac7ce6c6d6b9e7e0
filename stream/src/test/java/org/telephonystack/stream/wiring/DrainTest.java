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
import org.telephonystack.stream.call.ModelEvent;
import org.telephonystack.stream.call.ModelEvent.Status;
import org.telephonystack.stream.call.ModelEvent.Usage;

import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

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
    void aLeavingProcessHandsItsCallsOverAfterTheirSentenceAndLetsNobodyIn() throws Exception {
        CallSid call = TwilioPeer.newCallSid();
        try (TwilioPeer talking = TwilioPeer.connect(http.getPort());
                TwilioPeer waiting = TwilioPeer.connect(http.getPort())) {
            talking.start(call, "+14155550199", TwilioPeer.ticket(call));
            FakeModels.FakeModel model =
                    Objects.requireNonNull(models.connected.poll(30, TimeUnit.SECONDS));
            String sound = Base64.getEncoder().encodeToString(new byte[800]);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> model.orders.contains("respond GREETING"));
            model.says(new ModelEvent.ResponseCreated("r1"));
            model.speaks("r1", "a1", sound);
            talking.awaitEvent("media");
            assertThat(readiness.call().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);

            var leaving =
                    CompletableFuture.runAsync(
                            () -> lifecycle.onLeaving(new ShutdownDelayInitiatedEvent()));
            assertThat(waiting.closeCode()).isEqualTo(1001);
            model.speaks("r1", "a1", sound);
            assertThat(talking.awaitEvent("media").getJsonObject("media").getString("payload"))
                    .isEqualTo(sound);
            model.says(
                    new ModelEvent.AssistantItemDone("r1", "a1"),
                    new ModelEvent.ResponseDone("r1", Status.COMPLETED, Usage.NONE));

            assertThat(talking.closeCode()).isEqualTo(1001);
            leaving.get(30, TimeUnit.SECONDS);
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
