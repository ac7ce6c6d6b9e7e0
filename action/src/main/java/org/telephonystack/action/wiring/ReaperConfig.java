package org.telephonystack.action.wiring;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;
import java.util.Optional;

/// How calls are saved whose stream process died and that Twilio does not bring back by itself.
@ConfigMapping(prefix = "telephony.reaper")
interface ReaperConfig {

    /// Off: only Twilio's own question after a broken stream brings a call back.
    @WithDefault("true")
    boolean enabled();

    /// `FRONTDOOR_PUBLIC_URL`, else `PUBLIC_BASE_URL`: where calls are sent.
    Optional<String> frontdoorUrl();

    /// How often is looked. Why 250ms: a caller hears silence until then.
    @WithDefault("250ms")
    Duration every();

    /// The same as stream's `telephony.stream.heartbeat`.
    @WithDefault("1s")
    Duration heartbeat();

    /// After which a process is asked whether it lives. Why 3s: two heartbeats may be late.
    @WithDefault("3s")
    Duration silence();

    /// After which a process that does not answer either counts as dead. Why 10s: one that is only busy, or frozen for a
    /// moment, still has its callers on the line. A port that nobody listens on needs no such patience.
    @WithDefault("10s")
    Duration unansweredSilence();

    /// How long a process may take to answer that it lives.
    @WithDefault("500ms")
    Duration probeLimit();

    /// How long Twilio may take to redirect a call.
    @WithDefault("3s")
    Duration redirectLimit();

    /// After which a redirect that no question of Twilio's followed is tried once more; longer than `redirect-limit`.
    @WithDefault("5s")
    Duration lease();
}
