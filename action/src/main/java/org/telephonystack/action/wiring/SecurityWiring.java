package org.telephonystack.action.wiring;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.telephonystack.action.security.ServiceSecret;

/// Who may call us.
final class SecurityWiring {

    private SecurityWiring() {}

    @Produces
    @Singleton
    static ServiceSecret serviceSecret(ServiceConfig config) {
        return new ServiceSecret(config.secret(), config.secretNext());
    }
}
