package org.telephonystack.frontdoor.wiring;

import org.telephonystack.quarkus.SettingRanges;

/// What frontdoor's numbers and durations may be set to.
final class FrontdoorRanges {

    static final SettingRanges ALL =
            new SettingRanges()
                    .number("telephony.trace.ratio", "0", "1")
                    .durations(
                            "telephony.after-stream.deadline",
                            "telephony.after-stream.breaker-delay",
                            "telephony.admission.every",
                            "telephony.admission.fresh-for",
                            "telephony.announcement.timeout")
                    .count("telephony.announcement.max-outstanding", 1)
                    .duration("telephony.dial.timeout", "5s", "600s")
                    .duration("telephony.voicemail.max-length", "2s", "1d");

    private FrontdoorRanges() {}
}
