package org.telephonystack.action.outcome;

import org.telephonystack.model.CallOutcome;
import org.telephonystack.model.CallSid;
import org.telephonystack.model.EndReason;

import java.time.Instant;
import java.util.Optional;

/// Everything known of one call at one moment, put together from its row and its events. A set of events makes the same
/// facts in whatever order they came.
///
/// @param caller as Twilio gave it: may be `anonymous`, `sip:…` or garbage
/// @param inbound false for a call that we or a `<Dial>` placed; true where nobody said
/// @param startedAt the earliest trace of the call
/// @param terminal the call is over, by a status callback or by the status that came with an `after-stream`
/// @param stream what the stream service journaled
/// @param streamErrorAt when Twilio's stream callback said `stream-error`
/// @param person how the attempt to reach a person went
/// @param message whether the caller left a message
/// @param askedAfterStream when `after-stream` was asked with the caller still on the line
/// @param turnedAway why frontdoor did not connect it with the assistant; empty where it did
/// @param recorded the outcome that stands already
/// @param now the database's clock
public record CallFacts(
        CallSid callSid,
        Optional<String> caller,
        Optional<String> called,
        boolean inbound,
        Instant startedAt,
        Optional<Terminal> terminal,
        Stream stream,
        Optional<Instant> streamErrorAt,
        Optional<Instant> askedAfterStream,
        Person person,
        Message message,
        Optional<String> turnedAway,
        Optional<CallOutcome> recorded,
        Instant now) {

    /// @param since when we first heard of it
    public record Terminal(TerminalStatus status, Instant since) {}

    /// @param endReason of the newest attempt; may be journaled after the socket is gone
    /// @param carried a process that lives has this call on its books: it will still say how it ended
    public record Stream(
            Optional<Instant> startedAt,
            Optional<Instant> endedAt,
            Optional<EndReason> endReason,
            boolean carried) {

        public static final Stream NONE =
                new Stream(Optional.empty(), Optional.empty(), Optional.empty());

        public Stream(
                Optional<Instant> startedAt,
                Optional<Instant> endedAt,
                Optional<EndReason> endReason) {
            this(startedAt, endedAt, endReason, false);
        }
    }

    /// What the legs of a `<Dial>` reported.
    public enum Person {
        NOT_CALLED,
        RINGING,
        ANSWERED,
        UNREACHED
    }

    /// What was reported of a `<Record>`.
    public enum Message {
        NOT_HEARD_OF,
        LEFT,
        NONE_LEFT
    }
}
