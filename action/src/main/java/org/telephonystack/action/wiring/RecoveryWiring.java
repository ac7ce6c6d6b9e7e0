package org.telephonystack.action.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.sdk.trace.IdGenerator;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.ext.web.client.WebClient;
import io.vertx.mutiny.sqlclient.Pool;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.telephonystack.action.callback.CallbackDesk;
import org.telephonystack.action.outcome.OutcomeRule;
import org.telephonystack.action.recovery.CallClosing;
import org.telephonystack.action.recovery.CallLedger;
import org.telephonystack.action.recovery.OutboxPump;
import org.telephonystack.action.recovery.Reconciler;
import org.telephonystack.action.recovery.RecoveryPolicy;
import org.telephonystack.action.recovery.SmsOutbox;
import org.telephonystack.action.recovery.otel.CallSampler;
import org.telephonystack.action.recovery.otel.CallSpans;
import org.telephonystack.action.recovery.otel.RootSpanIds;
import org.telephonystack.action.recovery.postgres.PgCallLedger;
import org.telephonystack.action.recovery.postgres.PgConclusion;
import org.telephonystack.action.recovery.postgres.PgSmsOutbox;
import org.telephonystack.action.recovery.twilio.TwilioCallRecords;
import org.telephonystack.action.sms.CarefulSmsSender;
import org.telephonystack.action.sms.CircuitBreaker;
import org.telephonystack.action.sms.OptOuts;
import org.telephonystack.action.sms.SmsDesk;
import org.telephonystack.action.sms.SmsInbox;
import org.telephonystack.action.sms.SmsSender;
import org.telephonystack.action.sms.postgres.PgOptOuts;
import org.telephonystack.action.sms.postgres.PgSmsInbox;
import org.telephonystack.action.sms.twilio.TwilioAccount;
import org.telephonystack.action.sms.twilio.TwilioSmsSender;
import org.telephonystack.model.PersonalData;
import org.telephonystack.model.PhoneNumber;
import org.telephonystack.model.call.InternalApi;
import org.telephonystack.model.twilio.PublicUrl;
import org.telephonystack.model.twilio.TwilioSignature;
import org.telephonystack.quarkus.LogConfig;
import org.telephonystack.quarkus.TraceConfig;

import java.time.Clock;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Callbacks, outcomes, recovery texts: cores and edges put together.
final class RecoveryWiring {

    private RecoveryWiring() {}

    @Produces
    @Singleton
    static TwilioSignature twilioSignature(TwilioConfig config) {
        return new TwilioSignature(
                Stream.of(config.authToken(), config.authTokenNext())
                        .flatMap(Optional::stream)
                        .filter(token -> !token.isBlank())
                        .toList());
    }

    @Produces
    @Singleton
    static PublicUrl publicUrl(TwilioConfig config) {
        return new PublicUrl(config.publicUrl().orElseThrow());
    }

    @Produces
    @Singleton
    static IdGenerator idGenerator() {
        return new RootSpanIds();
    }

    @Produces
    @Singleton
    static Sampler sampler() {
        return new CallSampler();
    }

    @Produces
    @Singleton
    static ActionMeters meters(MeterRegistry registry) {
        return new ActionMeters(registry);
    }

    @Produces
    @Singleton
    static ActionWatch watch(
            LogConfig log, ActionMeters meters, OpenTelemetry telemetry, TraceConfig trace) {
        return new ActionWatch(
                new ActionLog(PersonalData.of(log.personalData())),
                meters,
                new CallSpans(telemetry.getTracer("org.telephonystack.action"), trace.ratio()));
    }

    @Produces
    @Singleton
    static WebClient webClient(Vertx vertx, TwilioConfig twilio) {
        return WebClient.create(
                vertx,
                new WebClientOptions()
                        .setConnectTimeout((int) twilio.connectTimeout().toMillis())
                        .setFollowRedirects(false)
                        .setUserAgent("telephony-stack"));
    }

    @Produces
    @Singleton
    static TwilioAccount twilioAccount(
            TwilioConfig twilio, RecoveryConfig recovery, PublicUrl publicUrl) {
        String accountSid = twilio.accountSid().orElseThrow();
        return new TwilioAccount(
                withoutSlash(twilio.apiBaseUrl()),
                accountSid,
                twilio.apiKeySid().orElse(accountSid),
                twilio.apiKeySecret().or(twilio::authToken).orElseThrow(),
                twilio.apiKeySecret().isPresent() ? Optional.empty() : twilio.authTokenNext(),
                twilio.phoneNumber(),
                twilio.messagingServiceSid(),
                publicUrl.of(InternalApi.VOICE_ACTION)
                        + twilio.callbackOverrides().map(words -> "#" + words).orElse(""),
                recovery.textValidity(),
                twilio.readTimeout());
    }

    @Produces
    @Singleton
    static SmsSender smsSender(WebClient client, TwilioAccount account, CircuitBreaker breaker) {
        return new CarefulSmsSender(new TwilioSmsSender(client, account), breaker);
    }

    @Produces
    @Singleton
    static CircuitBreaker circuitBreaker(TwilioConfig twilio, ActionWatch watch) {
        return new CircuitBreaker(
                twilio.breakerFailures(),
                twilio.breakerPause(),
                Clock.systemUTC(),
                watch::onTwilioAway);
    }

    @Produces
    @Singleton
    static Reconciler reconciler(
            CallLedger ledger,
            CallClosing closing,
            WebClient client,
            TwilioAccount account,
            CircuitBreaker breaker,
            ActionWatch watch,
            RecoveryConfig config) {
        return new Reconciler(
                ledger,
                new TwilioCallRecords(client, account, breaker),
                closing,
                watch,
                config.reconcileAfter(),
                config.reconcileCarriedAfter());
    }

    @Produces
    @Singleton
    static OutcomeRule outcomeRule(RecoveryConfig config) {
        return new OutcomeRule(config.journalGrace(), config.statusGrace());
    }

    @Produces
    @Singleton
    static CallLedger callLedger(
            Pool pool, OutcomeRule rule, RecoveryConfig recovery, TwilioConfig twilio) {
        var ownNumbers =
                twilio.phoneNumber().flatMap(PhoneNumber::parse).stream()
                        .collect(Collectors.toUnmodifiableSet());
        return new PgCallLedger(
                pool,
                new PgConclusion(
                        rule,
                        new RecoveryPolicy(
                                ownNumbers, recovery.textsADay(), recovery.textValidity()),
                        recovery.textDelay()),
                rule,
                recovery.databaseLimit());
    }

    @Produces
    @Singleton
    static SmsOutbox smsOutbox(Pool pool, RecoveryConfig config) {
        return new PgSmsOutbox(pool, config.lease(), config.unreachableFor());
    }

    @Produces
    @Singleton
    static OptOuts optOuts(Pool pool) {
        return new PgOptOuts(pool);
    }

    @Produces
    @Singleton
    static SmsInbox smsInbox(Pool pool) {
        return new PgSmsInbox(pool);
    }

    @Produces
    @Singleton
    static OutboxPump outboxPump(
            SmsOutbox outbox,
            SmsSender sender,
            OptOuts optOuts,
            ActionWatch watch,
            RecoveryConfig config) {
        return new OutboxPump(outbox, sender, optOuts, watch, config.lookUpAfter());
    }

    @Produces
    @Singleton
    static CallClosing callClosing(CallLedger ledger, ActionWatch watch) {
        return new CallClosing(ledger, watch);
    }

    @Produces
    @Singleton
    static CallbackDesk callbackDesk(
            CallClosing closing, SmsOutbox outbox, SmsInbox inbox, ActionWatch watch) {
        return new CallbackDesk(closing, outbox, inbox, watch);
    }

    @Produces
    @Singleton
    static SmsDesk smsDesk(SmsSender sender, OptOuts optOuts) {
        return new SmsDesk(sender, optOuts);
    }

    static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }
}
