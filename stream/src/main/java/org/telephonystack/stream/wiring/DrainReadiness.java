package org.telephonystack.stream.wiring;

import jakarta.inject.Singleton;

import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.telephonystack.stream.admission.CallAdmission;

/// Ready means: not leaving. A database that is away takes no pod out of service that can still talk.
@Readiness
@Singleton
class DrainReadiness implements HealthCheck {

    private final CallAdmission admission;

    DrainReadiness(CallAdmission admission) {
        this.admission = admission;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("calls")
                .status(!admission.isDraining())
                .withData("active", admission.active())
                .withData("free", admission.free())
                .build();
    }
}
