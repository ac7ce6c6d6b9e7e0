package org.telephonystack.action.wiring;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/// A real PostgreSQL for the tests of this module, started once; its sessions are far from UTC, so that a time written or
/// read in the session's zone shows.
public final class ActionTestDatabase implements QuarkusTestResourceLifecycleManager {

    public static final String SERVICE_SECRET = "test-service-secret-0123456789abcdef";
    public static final String SERVICE_SECRET_NEXT = "next-service-secret-0123456789abcdef";

    private @Nullable EmbeddedPostgres server;

    @Override
    public Map<String, String> start() {
        try {
            EmbeddedPostgres started =
                    EmbeddedPostgres.builder()
                            .setServerConfig("fsync", "off")
                            .setServerConfig("timezone", "Pacific/Chatham")
                            .setServerConfig("deadlock_timeout", "200ms")
                            .start();
            server = started;
            String address = "postgresql://localhost:" + started.getPort() + "/postgres";
            return Map.of(
                    "quarkus.datasource.reactive.url",
                    address,
                    "quarkus.datasource.jdbc.url",
                    "jdbc:" + address,
                    "quarkus.datasource.username",
                    "postgres",
                    "quarkus.datasource.password",
                    "postgres",
                    "telephony.service.secret",
                    SERVICE_SECRET,
                    "telephony.service.secret-next",
                    SERVICE_SECRET_NEXT,
                    "quarkus.otel.traces.exporter",
                    "none");
        } catch (IOException e) {
            throw new UncheckedIOException("embedded PostgreSQL did not start", e);
        }
    }

    @Override
    public void stop() {
        EmbeddedPostgres started = server;
        if (started != null) {
            try {
                started.close();
            } catch (IOException e) {
                throw new UncheckedIOException("embedded PostgreSQL did not stop", e);
            }
        }
    }
}
