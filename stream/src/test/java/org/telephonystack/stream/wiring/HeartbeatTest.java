package org.telephonystack.stream.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

import jakarta.inject.Inject;

import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.junit.jupiter.api.Test;

import java.time.Duration;

/// How a process says that it lives, in the database and when it is asked.
@QuarkusTest
@QuarkusTestResource(Surroundings.class)
class HeartbeatTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @Inject ThisInstance instance;
    @Inject Heartbeat heartbeat;
    @Inject @Liveness InstanceLiveness liveness;

    @Test
    void aLivingProcessBeatsByTheDatabasesClock() {
        String first = beat();

        await().atMost(SOON).until(() -> !beat().equals(first));

        assertThat(row("call_limit || ' ' || draining || ' ' || (stopped_at is null)"))
                .isEqualTo("5 false true");
        assertThat(row("internal_address")).matches("http://[^/]+:\\d+");
        assertThat(
                        Database.text(
                                "select heartbeat_at <= clock_timestamp() from stream_instances where id = ?",
                                instance.id()))
                .isEqualTo("t");
    }

    @Test
    void whoeverAsksIsToldWhichProcessAnswers() {
        HealthCheckResponse answer = liveness.call();

        assertThat(answer.getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
        assertThat(answer.getData().orElseThrow()).containsEntry("id", instance.id().toString());
    }

    @Test
    void aRowThatWasDeletedComesBackWithTheNextBeat() {
        Database.run("delete from stream_instances where id = ?", instance.id());

        heartbeat.beat().await().atMost(SOON);

        assertThat(row("active_calls >= 0")).isEqualTo("t");
    }

    private String beat() {
        return row("heartbeat_at");
    }

    private String row(String expression) {
        return Database.text(
                "select " + expression + " from stream_instances where id = ?", instance.id());
    }
}
