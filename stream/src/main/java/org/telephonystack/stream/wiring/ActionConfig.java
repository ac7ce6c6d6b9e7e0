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

    /// From a tool call to its whole answer. Why 4s: beyond, the caller hears silence, and the call itself gives up at 5s.
    @WithDefault("4s")
    Duration deadline();
}
