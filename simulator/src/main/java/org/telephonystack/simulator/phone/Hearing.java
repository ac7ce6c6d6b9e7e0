package org.telephonystack.simulator.phone;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// What the caller notices of the assistant: speaks, is silent, since when. Counts frames, knows no clock.
final class Hearing {

    private static final int FRAME_MILLIS = 20;

    /// Pauses between words are no end of speech.
    private static final int PAUSE_MILLIS = 240;

    private record Waiting(Predicate<Hearing> until, CompletableFuture<Void> future) {}

    private final List<Waiting> waiting = new ArrayList<>();
    private final Consumer<Boolean> onChange;
    private long spokenMillis;
    private long silentMillis;
    private boolean speaking;

    /// @param onChange told when the assistant begins (true) and has ended (false)
    Hearing(Consumer<Boolean> onChange) {
        this.onChange = onChange;
    }

    void onFrame(boolean audible) {
        if (audible) {
            spokenMillis += FRAME_MILLIS + (speaking ? silentMillis : 0);
            silentMillis = 0;
        } else {
            silentMillis += FRAME_MILLIS;
        }
        boolean now = audible || (speaking && silentMillis < PAUSE_MILLIS);
        if (now != speaking) {
            speaking = now;
            onChange.accept(now);
        }
        for (Waiting one : List.copyOf(waiting)) {
            if (one.until.test(this)) {
                waiting.remove(one);
                one.future.complete(null);
            }
        }
    }

    /// The caller has said something: what the assistant said before does not count as an answer.
    void newTurn() {
        spokenMillis = 0;
        silentMillis = 0;
    }

    /// Whether something was said and then nothing for this long; where that is so, what was said counts no longer.
    boolean hasFinished(long quietMillis) {
        boolean finished = spokenMillis > 0 && silentMillis >= quietMillis;
        if (finished) {
            newTurn();
        }
        return finished;
    }

    /// How long the assistant has spoken since the caller's last words.
    long spokenMillis() {
        return spokenMillis;
    }

    /// How long nothing has been heard.
    long silentMillis() {
        return silentMillis;
    }

    CompletableFuture<Void> await(Predicate<Hearing> until) {
        var future = new CompletableFuture<Void>();
        waiting.add(new Waiting(until, future));
        return future;
    }

    void stop(Throwable why) {
        List<Waiting> left = List.copyOf(waiting);
        waiting.clear();
        left.forEach(one -> one.future.completeExceptionally(why));
    }
}
