package org.telephonystack.frontdoor.call.http;

import io.smallrye.faulttolerance.api.TypedGuard;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.ext.web.client.HttpResponse;
import io.vertx.mutiny.ext.web.client.WebClient;

import jakarta.enterprise.util.TypeLiteral;

import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.telephonystack.frontdoor.call.ActionGateway;
import org.telephonystack.frontdoor.call.InboundCall;
import org.telephonystack.frontdoor.call.StreamEnd;
import org.telephonystack.frontdoor.call.TurnAway;
import org.telephonystack.frontdoor.telemetry.FrontdoorLog;
import org.telephonystack.frontdoor.telemetry.FrontdoorMetrics;
import org.telephonystack.model.call.Admission;
import org.telephonystack.model.call.AfterStream;
import org.telephonystack.model.call.InternalApi;
import org.telephonystack.model.log.OncePerOutage;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/// Asks action over HTTP, with the service secret as a bearer token.
///
/// Announcements and questions have a connection pool each: announcements that hang must not keep a caller waiting for the
/// answer to a question. An action that is down costs a question nothing after a while: the circuit breaker answers.
public final class HttpActionGateway implements ActionGateway {

    private final Clients clients;
    private final Settings settings;
    private final FrontdoorLog log;
    private final FrontdoorMetrics metrics;
    private final TypedGuard<Uni<AfterStream>> guard;
    private final AtomicInteger announcementsUnderWay = new AtomicInteger();
    private final OncePerOutage admissionUnknown;

    /// @param announcements for what nobody waits for
    /// @param questions for what a caller waits for
    public record Clients(WebClient announcements, WebClient questions) {}

    /// @param base action's inside address, without a slash at the end
    /// @param announcementTimeout after which an announcement counts as lost
    /// @param maxAnnouncements under way at the same time; the next one is lost at once
    /// @param questionDeadline from the question to its answer, connecting included
    /// @param breakerDelay how long a broken action is not asked
    /// @param admissionFreshFor how long its word on who may have the assistant counts; asked again well before that
    public record Settings(
            String base,
            String serviceSecret,
            Duration announcementTimeout,
            int maxAnnouncements,
            Duration questionDeadline,
            Duration breakerDelay,
            Duration admissionFreshFor) {

        @Override
        public String toString() {
            return "Settings[" + base + "]";
        }
    }

    public HttpActionGateway(
            Clients clients, Settings settings, FrontdoorLog log, FrontdoorMetrics metrics) {
        this.clients = clients;
        this.settings = settings;
        this.log = log;
        this.metrics = metrics;
        this.guard = guard(settings);
        this.admissionUnknown = new OncePerOutage(settings.admissionFreshFor(), System::nanoTime);
    }

    @Override
    public void announce(InboundCall call, Optional<TurnAway> turnedAway) {
        if (announcementsUnderWay.incrementAndGet() > settings.maxAnnouncements()) {
            announcementsUnderWay.decrementAndGet();
            lost(call, "full");
            return;
        }
        post(
                        clients.announcements(),
                        InternalApi.CALLS,
                        ActionJson.announcement(call, turnedAway),
                        settings.announcementTimeout())
                .ifNoItem()
                .after(settings.announcementTimeout())
                .fail()
                .onTermination()
                .invoke(announcementsUnderWay::decrementAndGet)
                .subscribe()
                .with(
                        response -> {
                            if (response.statusCode() / 100 == 2) {
                                metrics.announcement("sent");
                            } else {
                                lost(call, "refused");
                            }
                        },
                        failure -> lost(call, reason(failure)));
    }

    @Override
    public CompletionStage<AfterStream> afterStream(StreamEnd end) {
        return guard.get(() ->
                        post(
                                        clients.questions(),
                                        InternalApi.AFTER_STREAM,
                                        ActionJson.question(end),
                                        settings.questionDeadline())
                                .map(HttpActionGateway::read))
                .onFailure()
                .invoke(failure -> log.actionSilent(end.call(), reason(failure)))
                .subscribeAsCompletionStage();
    }

    @Override
    public CompletionStage<Admission> admission() {
        return clients.announcements()
                .getAbs(settings.base() + InternalApi.ADMISSION)
                .timeout(settings.announcementTimeout().toMillis())
                .bearerTokenAuthentication(settings.serviceSecret())
                .send()
                .map(HttpActionGateway::readAdmission)
                .onItem()
                .invoke(_ -> metrics.admission("answered"))
                .onFailure()
                .invoke(failure -> notKnown(reason(failure)))
                .subscribeAsCompletionStage();
    }

    private static Admission readAdmission(HttpResponse<?> response) {
        if (response.statusCode() != 200) {
            throw new ActionRefused("status " + response.statusCode());
        }
        return Admission.ofFields(response.bodyAsJsonObject().getMap());
    }

    /// @param timeout after which the request is given up and its connection freed: without one, an action that hangs
    ///     would keep them all
    private Uni<HttpResponse<Buffer>> post(
            WebClient client, String path, JsonObject body, Duration timeout) {
        return client.postAbs(settings.base() + path)
                .timeout(timeout.toMillis())
                .bearerTokenAuthentication(settings.serviceSecret())
                .sendJsonObject(body);
    }

    private static AfterStream read(HttpResponse<?> response) {
        if (response.statusCode() != 200) {
            throw new ActionRefused("status " + response.statusCode());
        }
        return AfterStream.ofFields(response.bodyAsJsonObject().getMap())
                .orElseThrow(() -> new ActionRefused("an answer unknown to this version"));
    }

    private void lost(InboundCall call, String reason) {
        metrics.announcement(reason);
        log.announcementLost(call, reason);
    }

    /// Asked every two seconds: one line for all that follow.
    private void notKnown(String reason) {
        metrics.admission(reason);
        if (admissionUnknown.begins()) {
            log.placesUnknown(reason);
        }
    }

    private static TypedGuard<Uni<AfterStream>> guard(Settings settings) {
        return TypedGuard.create(new TypeLiteral<Uni<AfterStream>>() {})
                .withDescription("after-stream")
                .withTimeout()
                .duration(settings.questionDeadline().toMillis(), ChronoUnit.MILLIS)
                .done()
                .withCircuitBreaker()
                .requestVolumeThreshold(10)
                .failureRatio(0.5)
                .delay(settings.breakerDelay().toMillis(), ChronoUnit.MILLIS)
                .done()
                .build();
    }

    private static String reason(Throwable failure) {
        return switch (failure) {
            case TimeoutException _ -> "timeout";
            case io.smallrye.mutiny.TimeoutException _ -> "timeout";
            case org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException _ -> "timeout";
            case CircuitBreakerOpenException _ -> "circuit_open";
            case ActionRefused _ -> "refused";
            case DecodeException _ -> "unreadable";
            default -> "failed";
        };
    }
}
