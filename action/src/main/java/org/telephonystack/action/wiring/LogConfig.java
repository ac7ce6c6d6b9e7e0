package org.telephonystack.action.wiring;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/// What log lines may say.
@ConfigMapping(prefix = "telephony.log")
interface LogConfig {

    /// `full` only where the operator is the only caller; everything else masks numbers and names.
    @WithDefault("masked")
    String personalData();
}
