package org.telephonystack.stream.wiring;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vertx.core.Vertx;

import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.telephonystack.model.settings.DatabaseUrl;
import org.telephonystack.simulator.model.ModelPace;
import org.telephonystack.simulator.model.ScriptedModel;
import org.telephonystack.simulator.stack.EmbeddedDatabase;

import java.util.HashMap;
import java.util.Map;

/// A real PostgreSQL with our schema and an action that answers what a test wants; one of each for all tests.
public final class Surroundings implements QuarkusTestResourceLifecycleManager {

    static final String PUBLIC_URL = "https://voice.example.com";
    static final String AUTH_TOKEN = "2b7e151628aed2a6abf7158809cf4f3c";
    static final String TICKET_SECRET = "ticket-secret-ticket-secret-ticket-secret";
    static final String SERVICE_SECRET = "service-secret-service-secret-service-secret";

    private static @Nullable EmbeddedDatabase database;
    private static @Nullable FakeAction action;
    private static @Nullable ScriptedModel model;
    private static final Vertx vertx = Vertx.vertx();

    @Override
    public Map<String, String> start() {
        database = EmbeddedDatabase.temporary();
        Flyway.configure().dataSource(database.jdbcUrl(), null, null).load().migrate();
        action = FakeAction.start();
        DatabaseUrl url = DatabaseUrl.parse(database.url());
        var config = new HashMap<String, String>();
        config.put("quarkus.datasource.reactive.url", url.reactive());
        config.put("quarkus.datasource.username", url.user());
        config.put("quarkus.datasource.password", url.password());
        config.put("telephony.stream.public-url", PUBLIC_URL);
        config.put("telephony.stream.start-within", "2s");
        config.put("telephony.stream.call-limit", "5");
        config.put("telephony.twilio.auth-token", AUTH_TOKEN);
        config.put("telephony.ticket.secret", TICKET_SECRET);
        config.put("telephony.action.secret", SERVICE_SECRET);
        config.put("telephony.action.url", action.url());
        model = ScriptedModel.start(vertx, "sk-test", ModelPace.quick(), 0);
        config.put("telephony.model.api-key", "sk-test");
        config.put("telephony.model.base-url", model.baseUrl());
        config.put("telephony.log.personal-data", "full");
        // Nobody here is to take a recorded sentence for an answer, however slow the machine is.
        config.put("telephony.call.reconnect-clip-after", "10s");
        return config;
    }

    @Override
    public void stop() {
        if (action != null) {
            action.close();
        }
        if (model != null) {
            model.close();
        }
        if (database != null) {
            database.close();
        }
    }

    static EmbeddedDatabase database() {
        if (database == null) {
            throw new IllegalStateException("no database before the tests begin");
        }
        return database;
    }

    static ScriptedModel model() {
        if (model == null) {
            throw new IllegalStateException("no model before the tests begin");
        }
        return model;
    }

    static FakeAction action() {
        if (action == null) {
            throw new IllegalStateException("no action before the tests begin");
        }
        return action;
    }
}
