package org.telephonystack.frontdoor.call.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.ext.web.client.WebClient;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.telephonystack.frontdoor.call.InboundCall;
import org.telephonystack.frontdoor.call.StreamEnd;
import org.telephonystack.frontdoor.fake.FakeAction;
import org.telephonystack.frontdoor.fake.FakeActionResource;
import org.telephonystack.frontdoor.fake.LoggedLines;
import org.telephonystack.frontdoor.telemetry.FrontdoorLog;
import org.telephonystack.frontdoor.telemetry.FrontdoorMetrics;
import org.telephonystack.model.CallSid;
import org.telephonystack.model.PersonalData;
import org.telephonystack.model.call.Admission;
import org.telephonystack.model.call.AfterStream;

import java.time.Duration;
import java.util.Optional;

@QuarkusTest
@SuppressWarnings("NullAway.Init") // Quarkus injects
@WithTestResource(FakeActionResource.class)
class HttpActionGatewayTest {

    private static final InboundCall CALL =
            new InboundCall(
                    new CallSid("CA00000000000000000000000000000001"),
                    "+14155550199",
                    "+18005550123",
                    "in-progress",
                    Optional.empty(),
                    Optional.empty());
    private static final StreamEnd END =
            new StreamEnd(CALL, 1, false, Optional.empty(), Optional.empty());

    FakeAction action;

    @Inject Vertx vertx;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @AfterEach
    void letGo() {
        action.letGo();
    }

    @Test
    void announcementsBeyondTheBoundAreLostAtOnce() {
        action.hangs();
        var gateway = gateway(2, Duration.ofSeconds(5), Duration.ofSeconds(30));

        for (int i = 0; i < 5; i++) {
            gateway.announce(CALL, Optional.empty());
        }

        assertThat(announcements("full")).isEqualTo(3);
        action.letGo();
        await().until(() -> announcements("sent") == 2);
        gateway.announce(CALL, Optional.empty());
        await().until(() -> announcements("sent") == 3);
    }

    @Test
    void aQuestionDoesNotStandInLineBehindAnnouncements() {
        action.hangs();
        var gateway = gateway(64, Duration.ofSeconds(5), Duration.ofSeconds(30));
        for (int i = 0; i < 64; i++) {
            gateway.announce(CALL, Optional.empty());
        }
        await().until(() -> !action.requests("/internal/calls").isEmpty());

        var answer = gateway.afterStream(END).toCompletableFuture();

        await().until(() -> action.requests("/internal/after-stream").size() == 1);
        answer.cancel(true);
    }

    @Test
    void anIllActionIsNotAskedForAWhileAndThenAgain() {
        action.answers(500, "{}");
        var gateway = gateway(64, Duration.ofMillis(500), Duration.ofSeconds(5));
        for (int i = 0; i < 10; i++) {
            assertThat(fails(gateway)).isTrue();
        }
        assertThat(action.requests("/internal/after-stream")).hasSize(10);

        assertThat(fails(gateway)).isTrue();
        assertThat(action.requests("/internal/after-stream")).hasSize(10);

        action.answers(200, "{\"then\":\"hang_up\"}");
        await().untilAsserted(() ->
                assertThat(gateway.afterStream(END).toCompletableFuture())
                        .succeedsWithin(Duration.ofSeconds(5))
                        .isEqualTo(new AfterStream.HangUp()));
    }

    @Test
    void thatNobodyKnowsWhoMayHaveTheAssistantIsOneLineForAnOutageAndCountedEachTime() {
        var gateway = gateway(64, Duration.ofMillis(500), Duration.ofSeconds(5));
        try (var lines = new LoggedLines()) {
            action.answers(503, "");
            for (int i = 0; i < 3; i++) {
                assertThat(gateway.admission().toCompletableFuture())
                        .failsWithin(Duration.ofSeconds(5));
            }
            action.answers(200, "no JSON");
            assertThat(gateway.admission().toCompletableFuture())
                    .failsWithin(Duration.ofSeconds(5));
            action.answers(200, "{\"free\":3}");
            assertThat(gateway.admission().toCompletableFuture())
                    .succeedsWithin(Duration.ofSeconds(5))
                    .extracting(Admission::free)
                    .isEqualTo(Optional.of(3));

            assertThat(lines.lines())
                    .filteredOn(line -> line.contains("Places Unknown | Reason: refused"))
                    .hasSize(1);
        }
        assertThat(admissions("refused")).isEqualTo(3);
        assertThat(admissions("unreadable")).isEqualTo(1);
        assertThat(admissions("answered")).isEqualTo(1);
    }

    @Test
    void anActionThatHangsIsNotWaitedForWhenAskedWhoMayHaveTheAssistant() {
        action.hangs();
        var gateway = gateway(64, Duration.ofMillis(500), Duration.ofMillis(200));

        assertThat(gateway.admission().toCompletableFuture()).failsWithin(Duration.ofSeconds(5));

        assertThat(admissions("timeout")).isEqualTo(1);
    }

    private static boolean fails(HttpActionGateway gateway) {
        return gateway.afterStream(END)
                .handle((_, failure) -> failure != null)
                .toCompletableFuture()
                .join();
    }

    private HttpActionGateway gateway(
            int maxAnnouncements, Duration breakerDelay, Duration deadline) {
        return new HttpActionGateway(
                new HttpActionGateway.Clients(WebClient.create(vertx), WebClient.create(vertx)),
                new HttpActionGateway.Settings(
                        action.url(),
                        "secret",
                        deadline,
                        maxAnnouncements,
                        deadline,
                        breakerDelay,
                        Duration.ofMinutes(5)),
                new FrontdoorLog(PersonalData.MASKED),
                new FrontdoorMetrics(registry));
    }

    private double admissions(String outcome) {
        return registry.counter("telephony.admission.answers", "outcome", outcome).count();
    }

    private double announcements(String outcome) {
        return registry.counter("telephony.announcements", "outcome", outcome).count();
    }
}
