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

    /// 30004 blocked by the recipient, 30005 unknown handset, 30006 landline: texting again is useless.
    public boolean isHopeless() {
        return code.filter(c -> c == 30004 || c == 30005 || c == 30006).isPresent();
    }
}
