package org.telephonystack.action.wiring;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/// What is deleted when its time is over.
@ConfigMapping(prefix = "telephony.retention")
interface RetentionConfig {

    /// Transcripts, what was written about them, texts, handled messages, what Twilio told of calls, and who called.
    @WithDefault("90d")
    Duration transcripts();

    /// Messages that nobody has handled. Why a year: somebody may still want to, and nobody is kept for ever.
    @WithDefault("365d")
    Duration unhandledMessages();

    /// How often old ones are looked for.
    @WithDefault("1h")
    String every();
}
