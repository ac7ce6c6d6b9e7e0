package org.telephonystack.action.recovery;

import org.telephonystack.model.CallSid;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// A text that this process has claimed and nobody else will touch until the lease ends.
///
/// @param attempts counts claims; it fences off a process whose lease has run out
/// @param lookUpFirst an earlier attempt may have sent it
/// @param moot the call turned out to have ended as it should: nobody was lost
/// @param knownSids messages to this recipient that belong to other rows
public record OutboxText(
        UUID id,
        Optional<CallSid> callSid,
        String recipient,
        String body,
        int attempts,
        boolean lookUpFirst,
        boolean expired,
        boolean optedOut,
        boolean moot,
        Instant createdAt,
        Set<String> knownSids) {

    @Override
    public String toString() {
        return "OutboxText " + id;
    }
}
