package org.telephonystack.stream.wiring;

import io.vertx.core.Vertx;

import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.telephonystack.stream.call.Clips;
import org.telephonystack.stream.call.ModelBrief;
import org.telephonystack.stream.call.openai.RealtimeConnector;
import org.telephonystack.stream.clip.RecordedClips;
import org.telephonystack.stream.prompt.ReceptionistBrief;

import java.time.Clock;

/// Who speaks, and what it is told.
final class ModelWiring {

    @Produces
    @Singleton
    static RealtimeConnector models(Vertx vertx, ModelConfig config) {
        return new RealtimeConnector(vertx, config.settings());
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
}
