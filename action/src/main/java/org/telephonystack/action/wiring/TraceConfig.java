package org.telephonystack.action.wiring;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// Which calls are traced.
@ConfigMapping(prefix = "telephony.trace")
interface TraceConfig {

    /// Of all calls, 0 to 1; the same in every service, or traces have holes.
    @WithDefault("1.0")
    double ratio();
}
