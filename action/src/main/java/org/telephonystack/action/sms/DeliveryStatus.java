package org.telephonystack.action.sms;

import java.util.List;
import java.util.Optional;

/// How far a text has come. Reports arrive doubled and out of order: only a higher rank replaces a lower one.
///
/// @param code why it was not delivered
public record DeliveryStatus(String messageSid, String status, Optional<Integer> code) {

    /// From low to high; `delivered` is above `failed` because a receipt is proof. A word not listed ranks lowest.
    public static final List<String> RANKS =
            List.of(
                    "accepted",
                    "scheduled",
                    "queued",
                    "sending",
                    "sent",
                    "canceled",
                    "failed",
                    "undelivered",
                    "delivered",
                    "read");

    public boolean isLost() {
        return status.equals("failed") || status.equals("undelivered");
    }

    /// What an undelivered text says of its number.
    public enum Lesson {
        NONE,
        /// Off, filtered by its carrier, or nobody knows why: not now.
        NOT_FOR_A_WHILE,
        /// Blocked by its owner, no such handset, a landline, or said STOP to a messaging service that noticed only later: never.
        NEVER_AGAIN
    }

    /// @see <a href="https://www.twilio.com/docs/api/errors">Twilio's error dictionary</a> (2026-11)
    public Lesson lesson() {
        return switch (code.orElse(0)) {
            case 30003, 30007, 30008 -> Lesson.NOT_FOR_A_WHILE;
            case 30004, 30005, 30006, 21610, 21211, 21614, 21635 -> Lesson.NEVER_AGAIN;
            default -> Lesson.NONE;
        };
    }
}
