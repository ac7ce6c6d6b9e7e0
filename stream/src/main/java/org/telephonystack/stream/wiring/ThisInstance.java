package org.telephonystack.stream.wiring;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.telephonystack.stream.call.postgres.PgInstances;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// This process, as the database knows it: another one after every start.
@Singleton
final class ThisInstance {

    private static final Set<String> EVERY_ADDRESS = Set.of("0.0.0.0", "::", "[::]");

    private final UUID id = UUID.randomUUID();
    private final PgInstances.Instance known;

    ThisInstance(
            StreamConfig config,
            @ConfigProperty(name = "quarkus.management.host") Optional<String> host,
            @ConfigProperty(name = "quarkus.management.port", defaultValue = "9000") int port) {
        this.known =
                new PgInstances.Instance(
                        id,
                        config.publicUrl(),
                        config.internalAddress().orElseGet(() -> address(host, port)),
                        config.callLimit());
    }

    UUID id() {
        return id;
    }

    PgInstances.Instance known() {
        return known;
    }

    /// Where the management port is bound to one address, that; else the machine's own, which is the pod's.
    private static String address(Optional<String> bound, int port) {
        String host =
                bound.filter(address -> !EVERY_ADDRESS.contains(address))
                        .orElseGet(ThisInstance::ownAddress);
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    private static String ownAddress() {
        try {
            return InetAddress.getLocalHost().getHostAddress();
        } catch (UnknownHostException _) {
            return "127.0.0.1";
        }
    }
}
