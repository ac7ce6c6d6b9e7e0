package org.telephonystack.frontdoor.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.trace.Tracer;
import io.quarkus.runtime.StartupEvent;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.ext.web.client.WebClient;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.Config;
import org.telephonystack.frontdoor.call.ActionGateway;
import org.telephonystack.frontdoor.call.CallRouter;
import org.telephonystack.frontdoor.call.Doorkeeper;
import org.telephonystack.frontdoor.call.SafeDefault;
import org.telephonystack.frontdoor.call.http.HttpActionGateway;
import org.telephonystack.frontdoor.call.twilio.Refusals;
import org.telephonystack.frontdoor.call.twilio.TwilioGate;
import org.telephonystack.frontdoor.call.twilio.Webhooks;
import org.telephonystack.frontdoor.telemetry.FrontdoorLog;
import org.telephonystack.frontdoor.telemetry.FrontdoorMetrics;
import org.telephonystack.frontdoor.telemetry.Telemetry;
import org.telephonystack.frontdoor.telemetry.WebhookSpans;
import org.telephonystack.frontdoor.twiml.CallTwiml;
import org.telephonystack.frontdoor.twiml.Texts;
import org.telephonystack.model.PersonalData;
import org.telephonystack.model.PhoneNumber;
import org.telephonystack.model.settings.Environment;
import org.telephonystack.model.ticket.StreamTickets;
import org.telephonystack.model.twilio.TwilioSignature;
import org.telephonystack.quarkus.LogConfig;
import org.telephonystack.quarkus.TraceConfig;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/// Puts the service together; nothing else produces a bean.
final class FrontdoorWiring {

    /// Connections to action for each of the two kinds of request, per event loop.
    private static final int POOL_SIZE = 32;

    private static final Duration FIRST_NEWS_WITHIN = Duration.ofMillis(500);

    /// From the configuration and not from the process: a test sets the same names.
    @Produces
    @Singleton
    FrontdoorEnvironment environment(Config config) {
        var variables = new HashMap<String, String>();
        for (String name : FrontdoorEnvironment.NAMES) {
            config.getOptionalValue(name, String.class)
                    .ifPresent(value -> variables.put(name, value));
        }
        return new FrontdoorEnvironment(new Environment(variables));
    }

    @Produces
    @Singleton
    Telemetry telemetry(LogConfig log, TraceConfig trace, MeterRegistry registry, Tracer tracer) {
        return new Telemetry(
                new FrontdoorLog(PersonalData.of(log.personalData())),
                new FrontdoorMetrics(registry),
                new WebhookSpans(tracer, trace.ratio()));
    }

    @Produces
    @Singleton
    ActionGateway actionGateway(
            FrontdoorEnvironment environment,
            FrontdoorConfig config,
            Telemetry telemetry,
            Vertx vertx) {
        Duration deadline = config.afterStream().deadline();
        Duration patience = config.announcement().timeout();
        return new HttpActionGateway(
                new HttpActionGateway.Clients(client(vertx, patience), client(vertx, deadline)),
                new HttpActionGateway.Settings(
                        environment.actionUrl(),
                        environment.serviceSecret(),
                        patience,
                        config.announcement().maxOutstanding(),
                        deadline,
                        config.afterStream().breakerDelay(),
                        config.admission().freshFor()),
                telemetry.log(),
                telemetry.metrics());
    }

    @Produces
    @Singleton
    Doorkeeper doorkeeper(FrontdoorConfig config) {
        return new Doorkeeper(InstantSource.system(), config.admission().freshFor());
    }

    /// The first time before the first call: else whoever is blocked had the assistant for as long as one has to wait for the
    /// next time. An action that is away delays the start only a little.
    ///
    /// Later nobody waits for the answer; one that does not come leaves what was known before. That it did not come is said and
    /// counted where it was asked for.
    void keepFresh(
            @Observes StartupEvent event,
            Vertx vertx,
            ActionGateway action,
            Doorkeeper doorkeeper,
            Telemetry telemetry,
            FrontdoorConfig config) {
        telemetry.metrics().watchPlaces(doorkeeper::freePlaces);
        vertx.setPeriodic(config.admission().every().toMillis(), _ -> refresh(action, doorkeeper));
        refresh(action, doorkeeper)
                .toCompletableFuture()
                .exceptionally(_ -> null)
                .completeOnTimeout(null, FIRST_NEWS_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    private static CompletionStage<Void> refresh(ActionGateway action, Doorkeeper doorkeeper) {
        return action.admission().thenAccept(doorkeeper::learn);
    }

    @Produces
    @Singleton
    CallRouter callRouter(ActionGateway action, Doorkeeper doorkeeper, FrontdoorConfig config) {
        return new CallRouter(
                action,
                new SafeDefault(
                        config.afterStream().reconnect(),
                        config.humanNumber().map(PhoneNumber::new)),
                doorkeeper);
    }

    @Produces
    @Singleton
    Refusals refusals(Telemetry telemetry) {
        return new Refusals(telemetry.log(), telemetry.metrics());
    }

    @Produces
    @Singleton
    Webhooks webhooks(
            FrontdoorEnvironment environment,
            FrontdoorConfig config,
            Refusals refusals,
            Telemetry telemetry) {
        InstantSource clock = InstantSource.system();
        var signature = new TwilioSignature(environment.rotating("TWILIO_AUTH_TOKEN"));
        var twiml =
                new CallTwiml(
                        environment.addresses(),
                        new StreamTickets(environment.rotating("TICKET_SECRET"), clock),
                        Texts.in(config.language(), config.sayVoice()),
                        new CallTwiml.Limits(
                                config.dial().timeout(), config.voicemail().maxLength()),
                        config.callback().overrides());
        var gate =
                new TwilioGate(signature, environment.addresses().frontdoor(), telemetry.metrics());
        return new Webhooks(gate, refusals, twiml, telemetry, clock);
    }

    void rehearse(@Observes StartupEvent event, Webhooks webhooks) {
        webhooks.rehearse();
    }

    private static WebClient client(Vertx vertx, Duration timeout) {
        return WebClient.create(
                vertx,
                new WebClientOptions()
                        .setConnectTimeout(Math.toIntExact(timeout.toMillis()))
                        .setMaxPoolSize(POOL_SIZE)
                        .setMaxWaitQueueSize(2 * POOL_SIZE)
                        .setKeepAlive(true)
                        .setKeepAliveTimeout(60)
                        .setTracingPolicy(io.vertx.core.tracing.TracingPolicy.IGNORE));
    }
}
