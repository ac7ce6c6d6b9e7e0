package org.telephonystack.frontdoor.call;

import java.util.Optional;

/// The stream of a call has ended, and the caller may still be on the line.
///
/// @param attempt which stream of this call it was, 1 for the first
/// @param redirected whether action sent the call here, because the process that carried it is dead
/// @param event Twilio's `StreamEvent`, where it sent one
/// @param error Twilio's `StreamError`, where it sent one
public record StreamEnd(
        InboundCall call,
        int attempt,
        boolean redirected,
        Optional<String> event,
        Optional<String> error) {}
