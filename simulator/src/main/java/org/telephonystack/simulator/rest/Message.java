package org.telephonystack.simulator.rest;

import java.time.Instant;
import java.util.Optional;

/// A text as the account shows it.
///
/// @param from empty while a messaging service has not chosen a number
/// @param status Twilio's word, its newest
public record Message(
        String sid,
        String to,
        Optional<String> from,
        Optional<String> messagingServiceSid,
        String body,
        String status,
        Optional<Integer> errorCode,
        Optional<String> statusCallback,
        Instant created) {

    Message at(String newStatus, Optional<Integer> error, String number) {
        return new Message(
                sid,
                to,
                Optional.of(from.orElse(number)),
                messagingServiceSid,
                body,
                newStatus,
                error,
                statusCallback,
                created);
    }

    /// As billed: 160 or 153 characters of GSM-7, 70 or 67 as soon as one character is outside of it (accents of western
    /// languages count as inside here).
    int segments() {
        boolean plain = body.chars().allMatch(c -> c < 0x100);
        int one = plain ? 160 : 70;
        int several = plain ? 153 : 67;
        return body.length() <= one ? 1 : (body.length() + several - 1) / several;
    }
}
