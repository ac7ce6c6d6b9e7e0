package org.telephonystack.quarkus;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// Which calls are traced.
@ConfigMapping(prefix = "telephony.trace")
public interface TraceConfig {

    /// Share of calls, 0 to 1; every service decides the same for a call.
    @WithDefault("1.0")
    double ratio();
}
