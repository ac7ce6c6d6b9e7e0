package org.telephonystack.action.afterstream;

import org.telephonystack.action.afterstream.Takeover.Why;
import org.telephonystack.model.EndReason;

import java.time.Duration;

/// Decides whether a call gets another stream. Asked twice about the same stream it decides the same, unless there was no
/// room the first time.
///
/// @param reaperLease how long a redirect may take that the reaper has begun; after that whoever is asked may go on
public record TakeoverRule(Duration reaperLease) {

    /// A call that was lost three times is not saved by a fourth stream.
    static final int MAX_LOSSES = 3;

    /// Handovers cost nothing, and still must end somewhere. One digit in the URL.
    static final int MAX_STREAMS = 9;

    public Takeover decide(LostStream stream) {
        if (stream.concluded()) {
            return new Takeover.Leave();
        }
        if (isBeingRedirected(stream)) {
            return new Takeover.Wait();
        }
        if (stream.end().filter(end -> isMeant(end, stream)).isPresent()) {
            return new Takeover.Leave();
        }
        Why why = why(stream);
        int next = Math.max(stream.attempt(), stream.newestAttempt()) + 1;
        int losses = stream.losses() + (why.costsAnAttempt() ? 1 : 0);
        boolean refused = !stream.started() && stream.full();
        if (losses < MAX_LOSSES && next <= MAX_STREAMS && !(refused && !stream.somebodyLeaves())) {
            return new Takeover.ConnectAgain(next, why);
        }
        // Who was heard by an assistant before is not told that there was no place.
        return refused && stream.newestAttempt() == 0 ? new Takeover.Full() : new Takeover.Leave();
    }

    private boolean isBeingRedirected(LostStream stream) {
        return !stream.redirected()
                && stream.claim()
                        .filter(LostStream.Claim::byReaper)
                        .filter(claim -> claim.nextAttempt().isEmpty())
                        .filter(claim -> claim.age().compareTo(reaperLease) < 0)
                        .isPresent();
    }

    /// Whether another stream would not help, or is not wanted.
    private static boolean isMeant(EndReason end, LostStream stream) {
        return switch (end) {
            case ASSISTANT_ENDED, CALLER_SILENT, TRANSFER, VOICEMAIL -> true;
            // A redirect looks to the stream as if the caller had hung up.
            case CALLER_HUNG_UP -> !stream.redirected();
            // The stream has tried every model there is.
            case MODEL_LOST, MODEL_REFUSED, MODEL_SILENT -> true;
            case HANDED_OVER, CALLER_LEG_LOST, PROTOCOL_ERROR, BUG -> false;
        };
    }

    private static Why why(LostStream stream) {
        if (stream.end().filter(EndReason.HANDED_OVER::equals).isPresent()) {
            return Why.HANDED_OVER;
        }
        return !stream.started() && stream.somebodyLeaves() ? Why.REFUSED_WHILE_LEAVING : Why.LOST;
    }
}
