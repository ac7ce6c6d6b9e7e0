package org.telephonystack.stream.wiring;

import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;

import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.telephonystack.stream.call.openai.ModelQuestion;
import org.telephonystack.stream.call.openai.ModelShutdowns;
import org.telephonystack.stream.call.openai.RealtimeConnector;

import java.time.LocalDate;
import java.time.ZoneOffset;

/// What is done with the voice model before the first call, in the background.
@ApplicationScoped
class ModelStart {

    /// After the rehearsed lookups: they know the business, and warm connections begin with it.
    private static final int LAST = 10_000;

    private final Vertx vertx;
    private final RealtimeConnector models;
    private final ModelConfig config;
    private final ServiceEvents events;

    ModelStart(Vertx vertx, RealtimeConnector models, ModelConfig config, ServiceEvents events) {
        this.vertx = vertx;
        this.models = models;
        this.config = config;
        this.events = events;
    }

    void onStart(@Observes @Priority(LAST) StartupEvent event) {
        models.warmUp();
        var question = new ModelQuestion(vertx);
        new ModelCheck(question::ask, new ModelShutdowns(), events, LocalDate.now(ZoneOffset.UTC))
                .check(config.endpoints());
    }
}
