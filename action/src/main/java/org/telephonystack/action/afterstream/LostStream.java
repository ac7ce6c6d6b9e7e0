package org.telephonystack.action.afterstream;

import org.telephonystack.model.EndReason;

import java.time.Duration;
import java.util.Optional;

/// What is known of a stream that has ended while its caller is still on the line.
///
/// @param attempt which stream of the call it was
/// @param newestAttempt the newest that ever began; 0 where none did
/// @param redirected the question comes out of a redirect of our own
/// @param started whether this stream ever began
/// @param end why it ended, where that was journaled
/// @param concluded whether the call has an outcome already
/// @param losses how many earlier streams of the call were lost
/// @param claim who has taken the call up after this stream
/// @param somebodyLeaves whether some stream process is leaving: it refuses handshakes
/// @param full whether no living process has a place
public record LostStream(
        int attempt,
        int newestAttempt,
        boolean redirected,
        boolean started,
        Optional<EndReason> end,
        boolean concluded,
        int losses,
        Optional<Claim> claim,
        boolean somebodyLeaves,
        boolean full) {

    /// @param byReaper else the question after the stream
    /// @param age by the database's clock
    /// @param nextAttempt what was answered; empty where nothing was yet
    public record Claim(boolean byReaper, Duration age, Optional<Integer> nextAttempt) {}
}
