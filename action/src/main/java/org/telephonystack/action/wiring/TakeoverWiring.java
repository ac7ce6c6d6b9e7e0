package org.telephonystack.action.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.ext.web.client.WebClientOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.ext.web.client.WebClient;
import io.vertx.mutiny.sqlclient.Pool;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.telephonystack.action.admission.AdmissionDesk;
import org.telephonystack.action.admission.AdmissionStore;
import org.telephonystack.action.admission.postgres.PgAdmissionStore;
import org.telephonystack.action.afterstream.AfterStreamDesk;
import org.telephonystack.action.afterstream.Humans;
import org.telephonystack.action.afterstream.TakeoverRule;
import org.telephonystack.action.afterstream.Takeovers;
import org.telephonystack.action.afterstream.postgres.PgTakeovers;
import org.telephonystack.action.business.CurrentBusiness;
import org.telephonystack.action.reaper.CallRedirect;
import org.telephonystack.action.reaper.InstanceProbe;
import org.telephonystack.action.reaper.Instances;
import org.telephonystack.action.reaper.Reaper;
import org.telephonystack.action.reaper.http.HttpInstanceProbe;
import org.telephonystack.action.reaper.postgres.PgInstances;
import org.telephonystack.action.reaper.twilio.TwilioCallRedirect;
import org.telephonystack.action.recovery.CallClosing;
import org.telephonystack.action.recovery.CallLedger;
import org.telephonystack.action.sms.twilio.TwilioAccount;
import org.telephonystack.model.twilio.PublicUrl;

import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;

/// What becomes of calls whose stream ended, the question after it and the reaper; and who may have a stream.
final class TakeoverWiring {

    private TakeoverWiring() {}

    @Produces
    @Singleton
    static TakeoverWatch takeoverWatch(MeterRegistry registry) {
        return new TakeoverWatch(registry);
    }

    @Produces
    @Singleton
    static Takeovers takeovers(Pool pool, ReaperConfig reaper, RecoveryConfig recovery) {
        return new PgTakeovers(pool, new TakeoverRule(reaper.lease()), recovery.databaseLimit());
    }

    @Produces
    @Singleton
    static Humans humans(CurrentBusiness business) {
        return new Humans(business, Clock.systemUTC());
    }

    @Produces
    @Singleton
    static AdmissionStore admissionStore(Pool pool, RecoveryConfig recovery) {
        return new PgAdmissionStore(pool, recovery.databaseLimit());
    }

    @Produces
    @Singleton
    static AdmissionDesk admissionDesk(
            AdmissionStore store, Humans humans, AdmissionConfig config) {
        return new AdmissionDesk(
                store,
                humans::whoIsThere,
                new AdmissionDesk.Limits(
                        config.dailyLimit(), config.dailyLimitPerCaller(), config.keep()),
                InstantSource.system());
    }

    @Produces
    @Singleton
    static AfterStreamDesk afterStreamDesk(
            CallLedger ledger,
            CallClosing closing,
            Takeovers takeovers,
            Humans humans,
            TakeoverWatch watch,
            RecoveryConfig config) {
        return new AfterStreamDesk(
                ledger, closing, takeovers, humans, watch, config.afterStreamPatience());
    }

    @Produces
    @Singleton
    static Instances instances(Pool pool, ReaperConfig config) {
        return new PgInstances(pool, config.lease(), config.heartbeat().multipliedBy(2));
    }

    @Produces
    @Singleton
    static Reaper reaper(
            Vertx vertx,
            Instances instances,
            TakeoverWatch watch,
            ReaperConfig config,
            TwilioAccount account) {
        InstanceProbe probe =
                new HttpInstanceProbe(client(vertx, config.probeLimit()), config.probeLimit());
        return new Reaper(
                instances,
                probe,
                redirect(vertx, config, account),
                watch,
                System::nanoTime,
                config.heartbeat(),
                config.silence(),
                config.unansweredSilence());
    }

    private static CallRedirect redirect(Vertx vertx, ReaperConfig config, TwilioAccount account) {
        return new TwilioCallRedirect(
                client(vertx, config.redirectLimit()),
                account,
                config.frontdoorUrl().map(url -> new PublicUrl(url).base()).orElse(""),
                config.redirectLimit());
    }

    private static WebClient client(Vertx vertx, Duration connectTimeout) {
        return WebClient.create(
                vertx,
                new WebClientOptions()
                        .setConnectTimeout(Math.toIntExact(connectTimeout.toMillis()))
                        .setKeepAlive(false)
                        .setFollowRedirects(false)
                        .setUserAgent("telephony-stack"));
    }
}
