package org.telephonystack.stream.wiring;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.telephonystack.model.PersonalData;
import org.telephonystack.quarkus.LogConfig;
import org.telephonystack.quarkus.TraceConfig;
import org.telephonystack.stream.admission.CallAdmission;
import org.telephonystack.stream.call.Clips;
import org.telephonystack.stream.call.ModelBrief;
import org.telephonystack.stream.call.VoiceModelConnector;
import org.telephonystack.stream.call.http.HttpToolGateway;
import org.telephonystack.stream.call.postgres.PatientWriter;
import org.telephonystack.stream.call.postgres.PgCallContextLookup;
import org.telephonystack.stream.call.postgres.PgInstances;
import org.telephonystack.stream.call.postgres.TurnWriter;
import org.telephonystack.stream.call.postgres.WarmConnections;
import org.telephonystack.stream.emergency.Emergencies;
import org.telephonystack.stream.truth.TruthGate;

/// What a call is made of.
final class CallWiring {

    @Produces
    @Singleton
    static ServiceEvents events(LogConfig config, MeterRegistry registry) {
        return new ServiceEvents(
                CallLogLines.toLog(PersonalData.of(config.personalData())),
                new StreamMetrics(registry));
    }

    @Produces
    @Singleton
    static PgCallContextLookup lookup(Pool pool) {
        return new PgCallContextLookup(pool);
    }

    @Produces
    @Singleton
    static WarmConnections connections(
            Vertx vertx, PgCallContextLookup lookup, StreamConfig config) {
        return new WarmConnections(
                vertx.getDelegate(), lookup, config.databaseSilence().dividedBy(3));
    }

    @Produces
    @Singleton
    static PgInstances instances(Pool pool) {
        return new PgInstances(pool);
    }

    @Produces
    @Singleton
    static TurnWriter turns(Vertx vertx, Pool pool, ServiceEvents events, CallAdmission admission) {
        var turns = new TurnWriter(vertx, pool, events);
        events.metrics().watch(admission, turns::queued);
        return turns;
    }

    @Produces
    @Singleton
    static PatientWriter patient(Pool pool, ServiceEvents events) {
        return new PatientWriter(pool, events);
    }

    @Produces
    @Singleton
    static HttpToolGateway tools(Vertx vertx, ActionConfig config) {
        return new HttpToolGateway(vertx, config.url(), config.secret(), config.deadline());
    }

    @Produces
    @Singleton
    static CallFactory calls(
            VoiceModelConnector models,
            ModelBrief.Writer briefs,
            PgCallContextLookup lookup,
            HttpToolGateway tools,
            Clips clips,
            Pool pool,
            TurnWriter turns,
            PatientWriter patient,
            ServiceEvents events,
            OpenTelemetry openTelemetry,
            TraceConfig trace,
            ThisInstance instance,
            CallConfig config) {
        return new CallFactory(
                models,
                briefs,
                lookup,
                tools,
                clips,
                new TruthGate(),
                new Emergencies(config.emergencyNumber()),
                pool,
                turns,
                patient,
                events,
                openTelemetry.getTracer("telephony-stack"),
                trace.ratio(),
                instance.id(),
                config.settings());
    }
}
