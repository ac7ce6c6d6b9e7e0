package org.telephonystack.stream.wiring;

import org.telephonystack.quarkus.SettingRanges;

/// What stream's numbers and durations may be set to. A ping every 0 s is no ping: the calls of a connection that died without
/// a word would hear nothing for ever. So 0 is allowed only where `docs/configuration.md` says what it does.
final class StreamRanges {

    static final SettingRanges ALL =
            new SettingRanges()
                    .number("telephony.trace.ratio", "0", "1")
                    .count("telephony.stream.call-limit", 1)
                    .duration("telephony.stream.database-silence", "1s", "10m")
                    .durations(
                            "telephony.stream.start-within",
                            "telephony.stream.heartbeat",
                            "telephony.stream.drain-limit",
                            "telephony.call.lookup-limit",
                            "telephony.call.answer-within",
                            "telephony.call.audio-within",
                            "telephony.call.tool-deadline",
                            "telephony.call.journal-limit",
                            "telephony.call.connect-limit",
                            "telephony.call.caller-silence",
                            "telephony.call.longest-call",
                            "telephony.call.hand-over-within",
                            "telephony.call.reconnect-within",
                            "telephony.call.reconnect-clip-after",
                            "telephony.call.reconnect-rotate-before",
                            "telephony.action.deadline",
                            "telephony.model.silence",
                            "telephony.model.connect-timeout",
                            "telephony.model.ready-timeout",
                            "telephony.model.ping-every",
                            "telephony.model.warm-ping-every",
                            "telephony.model.breaker-delay",
                            "telephony.model.warm-age")
                    .durationsOrNone(
                            "telephony.call.early-audio",
                            "telephony.call.farewell-grace",
                            "telephony.call.reconnect-kept-audio",
                            "telephony.model.prefix-padding",
                            "telephony.model.latch")
                    .count("telephony.call.tool-chain", 1)
                    .count("telephony.call.reconnect-attempts", 0)
                    .number("telephony.model.threshold", "0", "1")
                    .number("telephony.model.max-output-tokens", "1", "4096")
                    .count("telephony.model.breaker-attempts", 1)
                    .count("telephony.model.warm-sessions", 0);

    private StreamRanges() {}
}
