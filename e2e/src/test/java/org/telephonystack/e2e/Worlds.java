package org.telephonystack.e2e;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.telephonystack.simulator.stack.Service;
import org.telephonystack.simulator.stack.StackBuilder;
import org.telephonystack.simulator.vendor.VendorTypes;
import org.telephonystack.simulator.world.World;
import org.telephonystack.simulator.world.WorldSettings;

import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;

/// Hands the one shared [World] of the run to tests: started with the first call, stopped after the last.
///
/// Its services run in the plainest locale there is (`LC_ALL=C`): the log lines must survive it.
final class Worlds implements ParameterResolver {

    private record Shared(World world) implements AutoCloseable {
        @Override
        public void close() {
            world.close();
        }
    }

    static WorldSettings settings(String name) {
        return WorldSettings.of(resource("business.json"), resource("clients.csv"))
                .stack(stack -> prepare(stack, name));
    }

    /// At the end of a class that has a world of its own: what its services and its model said to each other is the vendor's to judge.
    static void close(World world) {
        try (world) {
            VendorTypes.assertAllOf(world.model());
        }
    }

    /// A dozen calls begin at once on two busy cores: what a caller would wait for on a machine of its own is not measured
    /// here, so the lookup gets more than its 150 ms, and the question after a stream more than its 300; and nobody is told "one
    /// moment, please" because the machine is slow: a caller of a script would take that for the answer. Nor is a model given up
    /// that answers late.
    static void prepare(StackBuilder stack, String name) {
        stack.environment("LC_ALL", "C")
                .environment(Service.STREAM, "TELEPHONY_CALL_LOOKUP_LIMIT", "5s")
                .environment(Service.STREAM, "TELEPHONY_CALL_RECONNECT_CLIP_AFTER", "20s")
                .environment(Service.STREAM, "TELEPHONY_CALL_CONNECT_LIMIT", "30s")
                .environment(Service.STREAM, "TELEPHONY_MODEL_PING_EVERY", "20s")
                .environment(Service.STREAM, "TELEPHONY_MODEL_READY_TIMEOUT", "10s")
                .environment(Service.FRONTDOOR, "TELEPHONY_AFTER_STREAM_DEADLINE", "5s")
                .environment(
                        Service.ACTION,
                        "TELEPHONY_RECORDING_FOLDER",
                        Path.of("target", name, "recordings").toAbsolutePath().toString())
                .environment(Service.ACTION, "TELEPHONY_RECORDING_EVERY", "1s")
                .logs(Path.of("target", name));
    }

    private static Path resource(String name) {
        URL url = Worlds.class.getResource("/" + name);
        if (url == null) {
            throw new IllegalStateException("no test resource " + name);
        }
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == World.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(Worlds.class))
                .getOrComputeIfAbsent(
                        Shared.class,
                        _ -> new Shared(World.start(settings("shared"))),
                        Shared.class)
                .world();
    }
}
