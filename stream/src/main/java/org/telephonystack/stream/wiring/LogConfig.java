package org.telephonystack.stream.wiring;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// What log lines show of people.
@ConfigMapping(prefix = "telephony.log")
interface LogConfig {

    /// `full` shows numbers and names; anything else masks them.
    @WithDefault("masked")
    String personalData();
}
