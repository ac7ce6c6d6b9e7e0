package org.telephonystack.action.wiring;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/// Limits of one tool call.
@ConfigMapping(prefix = "telephony.tool")
interface ToolConfig {

    /// After which the model hears that it did not work. Two seconds: longer silence on the phone is a lost caller.
    @WithDefault("2s")
    Duration limit();

    /// Tool calls that one caller may have within a minute, of all processes together; a person needs a handful.
    @WithDefault("30")
    int mostAMinute();

    /// After which no booking is committed any more. Below `limit`, so that nobody hears "it did not work" of a booking that
    /// exists.
    @WithDefault("1700ms")
    Duration bookingLimit();
}
