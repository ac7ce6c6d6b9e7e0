package org.telephonystack.simulator.rest;

import java.time.Duration;

/// What happens to the next text to a number. Faults wait in line: each takes one request, [Undelivered] one text.
public sealed interface MessageFault {

    /// Refused with Twilio's code; 20429 carries a `Retry-After` of one second.
    record Refused(RestError error) implements MessageFault {}

    /// A 5xx.
    ///
    /// @param stored whether the text goes out nevertheless: the sender cannot know
    record ServerError(int status, boolean stored) implements MessageFault {}

    /// No answer; the connection is closed after this time.
    ///
    /// @param stored whether the text goes out nevertheless
    record Silence(Duration until, boolean stored) implements MessageFault {}

    /// Accepted, sent, then `undelivered` with this code (30003, 30006, …).
    record Undelivered(int errorCode) implements MessageFault {}
}
