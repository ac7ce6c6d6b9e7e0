package org.telephonystack.action.tool;

import org.telephonystack.model.CallSid;

import java.util.Optional;

/// What operators see of tool calls: counters and log lines.
public interface ToolEvents {

    /// How a wish to book ended.
    enum Booking {
        BOOKED,
        REPEATED,
        MOVED,
        CANCELLED,
        REFUSED,
        /// A caller id can be forged, and the second fact was missing or wrong.
        NOT_PROVEN,
        CALLER_UNKNOWN
    }

    void onBooking(Booking result, Optional<CallSid> callSid);

    /// The caller asks for more than anybody needs; nothing was done.
    void onTooMany(String action, Optional<CallSid> callSid);

    /// Something we depend on is away, or there is a bug; the model hears an apology.
    void onFailure(String action, Optional<CallSid> callSid, Throwable failure);
}
