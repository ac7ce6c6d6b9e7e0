package org.telephonystack.stream.wiring;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.net.URI;
import java.time.Duration;

/// Where tool calls go.
@ConfigMapping(prefix = "telephony.action")
interface ActionConfig {

    /// `ACTION_INTERNAL_URL`.
    URI url();

    /// `SERVICE_SECRET`: the one to send with.
    String secret();

    /// From a tool call to its whole answer. Why 10s: the caller is told after 5s that nothing is known, and what comes
    /// later is told as well; after that nobody waits for it any more.
    @WithDefault("10s")
    Duration deadline();
}
