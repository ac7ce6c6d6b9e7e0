package org.telephonystack.action.wiring;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;
import java.util.Optional;

/// Who may talk to the assistant, and how long.
@ConfigMapping(prefix = "telephony.admission")
interface AdmissionConfig {

    /// Time with the model a day, all callers together, by the business's midnight; after it callers leave a message. The
    /// business file's `limits` come first.
    Optional<Duration> dailyLimit();

    /// The same for one number. Why 2h: no honest caller needs it, and a machine that calls all day is stopped.
    @WithDefault("2h")
    Optional<Duration> dailyLimitPerCaller();

    /// How long minutes, blocked callers and the business (its person, hours and holidays) are not looked up again.
    @WithDefault("10s")
    Duration keep();
}
