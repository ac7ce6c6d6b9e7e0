package org.telephonystack.stream.wiring;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import org.telephonystack.stream.call.CallSettings;

import java.time.Duration;
import java.util.Optional;

/// Limits of one call; [CallSettings] says what each is for.
@ConfigMapping(prefix = "telephony.call")
interface CallConfig {

    @WithDefault("150ms")
    Duration lookupLimit();

    @WithDefault("10s")
    Duration earlyAudio();

    @WithDefault("5s")
    Duration answerWithin();

    @WithDefault("10s")
    Duration audioWithin();

    @WithDefault("5s")
    Duration toolDeadline();

    @WithDefault("5")
    int toolChain();

    @WithDefault("2s")
    Duration farewellGrace();

    @WithDefault("500ms")
    Duration journalLimit();

    @WithDefault("8s")
    Duration connectLimit();

    @WithDefault("12s")
    Duration callerSilence();

    @WithDefault("30m")
    Duration longestCall();

    @WithDefault("20s")
    Duration handOverWithin();

    /// Why off: a model that says it and does it in one breath is cut off as well.
    @WithDefault("false")
    boolean cutOffClaims();

    @WithDefault("3")
    int reconnectAttempts();

    @WithDefault("8s")
    Duration reconnectWithin();

    @WithDefault("2s")
    Duration reconnectKeptAudio();

    @WithDefault("1500ms")
    Duration reconnectClipAfter();

    @WithDefault("5m")
    Duration reconnectRotateBefore();

    /// What a caller in an emergency is told to call; unset: the usual number of the language they speak.
    Optional<String> emergencyNumber();

    default CallSettings settings() {
        return new CallSettings(
                lookupLimit(),
                earlyAudio(),
                answerWithin(),
                audioWithin(),
                toolDeadline(),
                toolChain(),
                farewellGrace(),
                journalLimit(),
                connectLimit(),
                callerSilence(),
                longestCall(),
                handOverWithin(),
                cutOffClaims(),
                new CallSettings.Reconnect(
                        reconnectAttempts(),
                        reconnectWithin(),
                        reconnectKeptAudio(),
                        reconnectClipAfter(),
                        reconnectRotateBefore()));
    }
}
