package org.telephonystack.simulator.phone;

import org.telephonystack.simulator.sound.Mulaw;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;

/// What the caller is saying, 20 ms at a time; silence in between.
final class Mouth {

    /// Never compared.
    @SuppressWarnings("ArrayRecordComponent")
    private record Utterance(byte[] sound, CompletableFuture<Void> finished) {}

    private final Deque<Utterance> queue = new ArrayDeque<>();
    private int spoken;

    void say(byte[] sound, CompletableFuture<Void> finished) {
        queue.add(new Utterance(sound, finished));
    }

    boolean isSpeaking() {
        return !queue.isEmpty();
    }

    byte[] nextFrame() {
        Utterance now = queue.peek();
        if (now == null) {
            return Mulaw.silence(Mulaw.FRAME_BYTES);
        }
        byte[] frame = Mulaw.silence(Mulaw.FRAME_BYTES);
        int count = Math.min(Mulaw.FRAME_BYTES, now.sound.length - spoken);
        System.arraycopy(now.sound, spoken, frame, 0, count);
        spoken += count;
        if (spoken >= now.sound.length) {
            queue.remove();
            spoken = 0;
            now.finished.complete(null);
        }
        return frame;
    }

    void stop(Throwable why) {
        Utterance[] left = queue.toArray(Utterance[]::new);
        queue.clear();
        Arrays.stream(left).forEach(one -> one.finished.completeExceptionally(why));
    }
}
