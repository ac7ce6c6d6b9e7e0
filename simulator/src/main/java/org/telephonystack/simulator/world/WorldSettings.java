package org.telephonystack.simulator.world;

import org.telephonystack.simulator.model.ModelPace;
import org.telephonystack.simulator.phone.NetworkSettings;
import org.telephonystack.simulator.stack.StackBuilder;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// What a [World] is to be.
///
/// @param business the file that `business apply` gets; none: no business is applied
/// @param clients the file that `clients import` gets
/// @param pace of the scripted model
/// @param network last changes to the telephone network
/// @param stack last changes to the services
/// @param progress told what is being started
public record WorldSettings(
        Optional<Path> business,
        Optional<Path> clients,
        ModelPace pace,
        UnaryOperator<NetworkSettings> network,
        Consumer<StackBuilder> stack,
        Consumer<String> progress) {

    public static WorldSettings of(Path business, Path clients) {
        return new WorldSettings(
                Optional.of(business),
                Optional.of(clients),
                ModelPace.quick(),
                UnaryOperator.identity(),
                _ -> {},
                _ -> {});
    }

    public WorldSettings pace(ModelPace newPace) {
        return new WorldSettings(business, clients, newPace, network, stack, progress);
    }

    public WorldSettings network(UnaryOperator<NetworkSettings> change) {
        return new WorldSettings(business, clients, pace, change, stack, progress);
    }

    public WorldSettings stack(Consumer<StackBuilder> change) {
        return new WorldSettings(business, clients, pace, network, change, progress);
    }

    public WorldSettings progress(Consumer<String> listener) {
        return new WorldSettings(business, clients, pace, network, stack, listener);
    }
}
