package org.telephonystack.action.wiring;

import io.smallrye.config.ConfigMapping;

import java.util.Optional;

/// The bearer secret between our services. `ActionMain` has made sure that it is there; where it is not, nobody is let in.
@ConfigMapping(prefix = "telephony.service")
interface ServiceConfig {

    /// `SERVICE_SECRET`.
    Optional<String> secret();

    /// `SERVICE_SECRET_NEXT`: accepted as well during a rotation.
    Optional<String> secretNext();
}
