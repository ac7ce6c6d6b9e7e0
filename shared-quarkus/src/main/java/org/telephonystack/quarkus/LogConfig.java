package org.telephonystack.quarkus;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// What log lines show of people.
@ConfigMapping(prefix = "telephony.log")
public interface LogConfig {

    /// `full` shows numbers and names; anything else masks them.
    @WithDefault("masked")
    String personalData();
}
