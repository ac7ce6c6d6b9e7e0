package org.telephonystack.frontdoor.call;

import java.util.Locale;

/// Why a ringing call is not connected with the assistant. The word is the label of the counter and stands in the log line.
public enum TurnAway {
    /// The business does not want this caller.
    BLOCKED,
    /// Today's minutes are used up, the caller's own or the business's.
    AT_LIMIT,
    /// No stream process has a place.
    FULL;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
