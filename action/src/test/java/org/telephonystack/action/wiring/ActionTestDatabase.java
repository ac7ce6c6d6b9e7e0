package org.telephonystack.action.wiring;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

import org.jspecify.annotations.Nullable;
import org.telephonystack.simulator.stack.DatabaseAddress;
import org.telephonystack.simulator.stack.EmbeddedDatabase;

import java.util.Map;
import java.util.Objects;

/// A real PostgreSQL for the tests of this module, started once; its sessions are far from UTC, so that a time written or
/// read in the session's zone shows.
public final class ActionTestDatabase implements QuarkusTestResourceLifecycleManager {

    public static final String SERVICE_SECRET = "test-service-secret-0123456789abcdef";
    public static final String SERVICE_SECRET_NEXT = "next-service-secret-0123456789abcdef";

    private static @Nullable EmbeddedDatabase server;

    @Override
    public Map<String, String> start() {
        EmbeddedDatabase started = EmbeddedDatabase.temporary();
        server = started;
        DatabaseAddress address = started.address();
        String url =
                "postgresql://" + address.host() + ":" + address.port() + "/" + address.database();
        return Map.of(
                "quarkus.datasource.reactive.url",
                url,
                "quarkus.datasource.jdbc.url",
                "jdbc:" + url,
                "quarkus.datasource.username",
                address.user(),
                "quarkus.datasource.password",
                address.password(),
                "telephony.service.secret",
                SERVICE_SECRET,
                "telephony.service.secret-next",
                SERVICE_SECRET_NEXT,
                // One number makes all the calls of a test class.
                "telephony.tool.most-a-minute",
                "100000",
                "telephony.admission.keep",
                "1s");
    }

    /// One more, empty, on the same server.
    public static DatabaseAddress another(String name) {
        return Objects.requireNonNull(server, "started with the first test").createDatabase(name);
    }

    /// While `work` runs, the database's port refuses.
    public static void runWithout(Runnable work) {
        EmbeddedDatabase running = Objects.requireNonNull(server, "started with the first test");
        running.stop();
        try {
            work.run();
        } finally {
            running.start();
        }
    }

    @Override
    public void stop() {
        EmbeddedDatabase started = server;
        if (started != null) {
            started.close();
        }
    }
}
