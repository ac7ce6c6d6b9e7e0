package org.telephonystack.model.ticket;

import java.time.Instant;
import java.util.Locale;

/// The pass that frontdoor writes into the TwiML and stream asks for: `v1.kind.attempt.nonce.expiry.HMAC`.
///
/// @param kind whether the stream begins a call or takes one up again
/// @param attempt 1 for the first stream of a call
/// @param nonce 128 random bits as 32 hex digits; used once
/// @param expires whole seconds; 60 s after it was written
public record StreamTicket(Kind kind, int attempt, String nonce, Instant expires) {

    public enum Kind {
        NEW,
        RESUME;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
