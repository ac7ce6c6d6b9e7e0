package org.telephonystack.action.wiring;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/// How a lost call is noticed and its caller told.
@ConfigMapping(prefix = "telephony.recovery")
interface RecoveryConfig {

    /// How long after Twilio's terminal status the stream may take to journal how it ended: it flushes within 100 ms, and waits
    /// for a slow database longer than that.
    @WithDefault("5s")
    Duration journalGrace();

    /// How long after a stream's end Twilio may take to say that the call is over. Callbacks get lost.
    @WithDefault("60s")
    Duration statusGrace();

    /// How long `after-stream` waits for the stream's journal: frontdoor gives the whole question 300 ms.
    @WithDefault("150ms")
    Duration afterStreamPatience();

    /// A later "we got cut off" is worse than none. Twilio is told the same.
    @WithDefault("10m")
    Duration textValidity();

    /// How long a text waits before it is sent: a stream that ended well may only be late to say so, and then there is none.
    @WithDefault("3s")
    Duration textDelay();

    /// The most texts one number gets within 24 hours, of whatever kind.
    @WithDefault("3")
    int textsADay();

    /// How long a number gets no text after one that could not be delivered now: off, filtered by its carrier, unknown why.
    @WithDefault("1d")
    Duration unreachableFor();

    /// After so long without news of a call that is not over and that no living stream process carries, Twilio is asked. Why 2m:
    /// its caller is told only within `text-validity`, counted from the call's end.
    @WithDefault("2m")
    Duration reconcileAfter();

    /// The same of a call that a living stream process carries.
    @WithDefault("10m")
    Duration reconcileCarriedAfter();

    /// How often such calls are looked for.
    @WithDefault("30s")
    String reconcileEvery();

    /// Longer than Twilio may take to answer (connect and read timeout).
    @WithDefault("60s")
    Duration lease();

    /// How long after an unanswered send Twilio's list of messages can be believed.
    @WithDefault("5s")
    Duration lookUpAfter();

    /// How often the outbox and the calls due are looked at; a text that a caller asked for is sent without waiting for it.
    @WithDefault("1s")
    String every();

    /// How long the database may take before Twilio is told to come again.
    @WithDefault("5s")
    Duration databaseLimit();
}
