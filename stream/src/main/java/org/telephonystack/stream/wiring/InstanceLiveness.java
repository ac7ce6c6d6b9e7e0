package org.telephonystack.stream.wiring;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/// Says which process answers. A container that was killed comes back under the same address: whoever wants to know whether
/// *this* process lives compares the id.
@Liveness
@Singleton
class InstanceLiveness implements HealthCheck {

    private final ThisInstance instance;

    InstanceLiveness(ThisInstance instance) {
        this.instance = instance;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("instance")
                .up()
                .withData("id", instance.id().toString())
                .build();
    }
}
