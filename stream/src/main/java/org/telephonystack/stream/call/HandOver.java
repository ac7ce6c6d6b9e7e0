package org.telephonystack.stream.call;

import org.telephonystack.model.EndReason;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/// The process leaves and the call stays: it goes on until nobody speaks and nothing is under way, and is then taken up by
/// another process. What was said until then is written down first, because it is all that the other one will know.
final class HandOver {

    /// The text of what the caller said comes late, and sometimes never.
    private static final Duration LATE_WORDS = Duration.ofMillis(1_500);

    private final CallTimers timers;
    private final Duration within;
    private final BooleanSupplier isWrittenDown;
    private final Consumer<EndReason> end;
    private boolean wanted;
    private boolean waitsForWords;
    private boolean waitedForWords;

    HandOver(
            CallTimers timers,
            Duration within,
            BooleanSupplier isWrittenDown,
            Consumer<EndReason> end) {
        this.timers = timers;
        this.within = within;
        this.isWrittenDown = isWrittenDown;
        this.end = end;
    }

    /// @param look has [#onQuiet] called if the moment is quiet
    void begin(Runnable look) {
        if (!wanted) {
            wanted = true;
            timers.after(within, this::now);
            look.run();
        }
    }

    boolean isWanted() {
        return wanted;
    }

    /// @return whether the call is over with this
    boolean onQuiet(Runnable look) {
        if (!wanted) {
            return false;
        }
        if (isWrittenDown.getAsBoolean() || waitedForWords) {
            now();
            return true;
        }
        if (!waitsForWords) {
            waitsForWords = true;
            timers.after(
                    LATE_WORDS,
                    () -> {
                        waitedForWords = true;
                        look.run();
                    });
        }
        return false;
    }

    private void now() {
        end.accept(EndReason.HANDED_OVER);
    }
}
