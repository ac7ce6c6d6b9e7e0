package org.telephonystack.simulator.model;

import io.vertx.core.Vertx;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/// A server on a free port for each test.
abstract class ScriptedModelTest {

    static final String MARIA = "+15550100001";

    static Vertx vertx;
    ScriptedModel model;

    @BeforeAll
    static void startVertx() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stopVertx() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @BeforeEach
    void startModel() {
        model = ScriptedModel.start(vertx, RealtimeClient.KEY, ModelPace.quick(), 0);
    }

    @AfterEach
    void stopModel() {
        model.close();
    }

    RealtimeClient connect() {
        return RealtimeClient.connect(vertx, model);
    }

    RealtimeClient callOf(String caller) {
        return RealtimeClient.phone(vertx, model, caller);
    }
}
