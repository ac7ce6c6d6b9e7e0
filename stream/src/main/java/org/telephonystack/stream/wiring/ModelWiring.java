package org.telephonystack.stream.wiring;

import io.vertx.core.Vertx;

import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.telephonystack.stream.call.Clips;
import org.telephonystack.stream.call.ModelBrief;
import org.telephonystack.stream.call.openai.CircuitBreaker;
import org.telephonystack.stream.call.openai.RealtimeConnector;
import org.telephonystack.stream.call.openai.RealtimeConnector.Guarded;
import org.telephonystack.stream.call.openai.RealtimeSettings;
import org.telephonystack.stream.call.postgres.PgCallContextLookup;
import org.telephonystack.stream.clip.RecordedClips;
import org.telephonystack.stream.prompt.ReceptionistBrief;

import java.time.Clock;

/// Who speaks, and what it is told.
final class ModelWiring {

    @Produces
    @Singleton
    static RealtimeConnector models(
            Vertx vertx, ModelConfig config, PgCallContextLookup lookup, ServiceEvents events) {
        var setup =
                new RealtimeConnector.Setup(
                        config.endpoints().stream()
                                .map(settings -> guarded(settings, config, events))
                                .toList(),
                        config.latch(),
                        config.warmSessions(),
                        config.warmAge(),
                        () -> ReceptionistBrief.stable(lookup.lastKnown().business()));
        return new RealtimeConnector(vertx, setup, events);
    }

    static void close(@Disposes RealtimeConnector models) {
        models.close();
    }

    @Produces
    @Singleton
    static Clips clips() {
        return new RecordedClips();
    }

    @Produces
    @Singleton
    static ModelBrief.Writer briefs() {
        return new ReceptionistBrief(Clock.systemUTC());
    }

    private static Guarded guarded(
            RealtimeSettings settings, ModelConfig config, ServiceEvents events) {
        String endpoint = settings.endpoint().name();
        var states = events.metrics().circuit(endpoint);
        return new Guarded(
                settings,
                new CircuitBreaker(
                        config.breakerAttempts(),
                        config.breakerDelay(),
                        System::nanoTime,
                        state -> {
                            states.accept(state);
                            events.lines().circuit(endpoint, state);
                        }));
    }
}
