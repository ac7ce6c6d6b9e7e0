package org.telephonystack.simulator.phone;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What one media stream did.
///
/// @param parameters as sent in `start`
/// @param framesSent media messages to our server
/// @param soundBytes µ-law bytes our server sent, before any `clear`
/// @param marksPlayed echoed after everything before them was played
/// @param marksCleared echoed because of `clear`
/// @param handshakeStatus the HTTP status of a refusal
public record StreamRecord(
        String streamSid,
        String url,
        Map<String, String> parameters,
        long framesSent,
        long soundBytes,
        List<String> marksPlayed,
        List<String> marksCleared,
        Optional<StreamEnd> end,
        Optional<Integer> handshakeStatus,
        Optional<Integer> closeCode) {

    public StreamRecord {
        parameters = Map.copyOf(parameters);
        marksPlayed = List.copyOf(marksPlayed);
        marksCleared = List.copyOf(marksCleared);
    }
}
