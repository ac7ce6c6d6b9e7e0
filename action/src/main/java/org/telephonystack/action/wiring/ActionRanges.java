package org.telephonystack.action.wiring;

import org.telephonystack.quarkus.SettingRanges;

/// What action's numbers and durations may be set to.
final class ActionRanges {

    private static final String A_CENTURY = "36500d";
    private static final String DEAR = "1000000";

    static final SettingRanges ALL =
            new SettingRanges()
                    .number("telephony.trace.ratio", "0", "1")
                    .durations(
                            "telephony.recovery.reconcile-after",
                            "telephony.recovery.reconcile-carried-after",
                            "telephony.recovery.lease",
                            "telephony.recovery.database-limit",
                            "telephony.admission.keep",
                            "telephony.reaper.every",
                            "telephony.reaper.heartbeat",
                            "telephony.reaper.silence",
                            "telephony.reaper.unanswered-silence",
                            "telephony.reaper.probe-limit",
                            "telephony.reaper.redirect-limit",
                            "telephony.reaper.lease",
                            "telephony.twilio.connect-timeout",
                            "telephony.twilio.read-timeout",
                            "telephony.twilio.breaker-pause",
                            "telephony.recording.timeout",
                            "telephony.analysis.timeout",
                            "telephony.tool.limit",
                            "telephony.tool.booking-limit")
                    .durationsOrNone(
                            "telephony.recovery.journal-grace",
                            "telephony.recovery.status-grace",
                            "telephony.recovery.after-stream-patience",
                            "telephony.recovery.text-delay",
                            "telephony.admission.daily-limit",
                            "telephony.admission.daily-limit-per-caller")
                    .schedules(
                            "telephony.recovery.reconcile-every",
                            "telephony.recovery.every",
                            "telephony.recording.every",
                            "telephony.analysis.every",
                            "telephony.retention.every")
                    // Looked for too early, a text that was sent is not found, and is sent again.
                    .duration("telephony.recovery.look-up-after", "1s", "1d")
                    .duration("telephony.recovery.text-validity", "1s", "36000s")
                    .duration("telephony.recovery.unreachable-for", "0s", A_CENTURY)
                    // 0 might be meant as "for ever", and would delete everything.
                    .duration("telephony.recording.retention", "1s", A_CENTURY)
                    .duration("telephony.retention.transcripts", "1s", A_CENTURY)
                    .duration("telephony.retention.unhandled-messages", "1s", A_CENTURY)
                    .count("telephony.recovery.texts-a-day", 0)
                    .count("telephony.twilio.breaker-failures", 1)
                    .count("telephony.analysis.max-output-tokens", 1)
                    .count("telephony.analysis.most-a-day", 0)
                    .count("telephony.tool.most-a-minute", 1)
                    .number("telephony.cost.text-in", "0", DEAR)
                    .number("telephony.cost.text-cached", "0", DEAR)
                    .number("telephony.cost.audio-in", "0", DEAR)
                    .number("telephony.cost.audio-cached", "0", DEAR)
                    .number("telephony.cost.text-out", "0", DEAR)
                    .number("telephony.cost.audio-out", "0", DEAR)
                    .number("telephony.cost.transcription-text-in", "0", DEAR)
                    .number("telephony.cost.transcription-audio-in", "0", DEAR)
                    .number("telephony.cost.transcription-text-out", "0", DEAR)
                    .number("telephony.cost.transcription-minute", "0", DEAR)
                    .number("telephony.cost.analysis-in", "0", DEAR)
                    .number("telephony.cost.analysis-cached", "0", DEAR)
                    .number("telephony.cost.analysis-out", "0", DEAR);

    private ActionRanges() {}
}
