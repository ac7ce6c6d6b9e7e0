package org.telephonystack.action.wiring;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;
import java.util.Optional;

/// What becomes of messages that callers left.
@ConfigMapping(prefix = "telephony.recording")
interface RecordingConfig {

    /// Where their sound is brought; where it is not set, it stays with Twilio and only the reference is ours.
    Optional<String> folder();

    /// After which a recording is deleted, at Twilio and here.
    @WithDefault("30d")
    Duration retention();

    /// How often recordings to be fetched or deleted are looked for.
    @WithDefault("10s")
    String every();

    /// For fetching one, from the first request to its last byte.
    @WithDefault("60s")
    Duration timeout();
}
