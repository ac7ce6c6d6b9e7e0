package org.telephonystack.frontdoor.call.twilio;

import static io.restassured.RestAssured.given;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;

import jakarta.inject.Inject;

import org.junit.jupiter.api.Test;
import org.telephonystack.frontdoor.call.Webhook;
import org.telephonystack.frontdoor.fake.FakeActionResource;
import org.telephonystack.frontdoor.fake.TwilioRequests;

import java.util.concurrent.TimeUnit;

@QuarkusTest
@SuppressWarnings("NullAway.Init") // Quarkus injects
@WithTestResource(FakeActionResource.class)
class FailedWebhookTest {

    @Inject MeterRegistry registry;

    @Inject Webhooks webhooks;

    @Inject Vertx vertx;

    @Test
    void aRequestThatFailsIsAnsweredWithAVoicemailAndCountedAsFailedAlone() throws Exception {
        HttpServer server = serverWithADefect();
        double failed = count("failed");
        double answered = count("answered");

        String answer =
                given().port(server.actualPort())
                        .header(
                                "X-Twilio-Signature",
                                TwilioRequests.sign("/voice-frontdoor", TwilioRequests.ringing()))
                        .header("Content-Type", TwilioRequests.FORM)
                        .body(TwilioRequests.encode(TwilioRequests.ringing()))
                        .post("/voice-frontdoor")
                        .asString();

        assertThat(answer).contains("<Record ");
        assertThat(count("failed")).isEqualTo(failed + 1);
        assertThat(count("answered")).isEqualTo(answered);
        server.close().toCompletionStage().toCompletableFuture().get(5, TimeUnit.SECONDS);
    }

    private HttpServer serverWithADefect() throws Exception {
        return vertx.createHttpServer()
                .requestHandler(this::fail)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(5, TimeUnit.SECONDS);
    }

    private void fail(HttpServerRequest request) {
        webhooks.answer(
                        Webhook.RING,
                        request,
                        _ -> {
                            throw new IllegalStateException("a defect");
                        })
                .subscribe()
                .with(answer -> request.response().end(String.valueOf(answer.getEntity())));
    }

    private double count(String outcome) {
        return registry.counter(
                        "telephony.frontdoor.requests",
                        "path",
                        Webhook.RING.path(),
                        "outcome",
                        outcome)
                .count();
    }
}
