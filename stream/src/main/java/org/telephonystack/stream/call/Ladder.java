package org.telephonystack.stream.call;

import org.telephonystack.model.EndReason;
import org.telephonystack.stream.call.ModelEvent.Trouble;

import java.time.Duration;

/// How often and how soon a call looks for another connection to a model, and when it gives up.
final class Ladder {

    /// A call whose connections serve and die again and again is given up as well.
    private static final int MOST_LOSSES = 10;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);

    private final int attempts;
    private int failures;
    private int losses;
    private EndReason reason = EndReason.MODEL_LOST;

    Ladder(int attempts) {
        this.attempts = attempts;
    }

    /// @param why the call ends if nothing else is found
    void failed(EndReason why) {
        failures++;
        losses++;
        reason = why;
    }

    /// The connection has spoken to the caller: what fails from now on is a new trouble.
    void served() {
        failures = 0;
    }

    boolean isAtItsEnd() {
        return failures > attempts || losses > MOST_LOSSES;
    }

    /// In a row.
    int failures() {
        return failures;
    }

    /// Before the next attempt. The first comes at once, and one after a refusal too: it goes elsewhere.
    Duration pause() {
        return failures < 2 || reason == EndReason.MODEL_REFUSED
                ? Duration.ZERO
                : FIRST_PAUSE.multipliedBy(failures - 1L);
    }

    EndReason reason() {
        return reason;
    }

    static EndReason reason(Trouble trouble) {
        return switch (trouble) {
            case LASTING -> EndReason.MODEL_REFUSED;
            case PASSING, BENIGN -> EndReason.MODEL_LOST;
        };
    }
}
