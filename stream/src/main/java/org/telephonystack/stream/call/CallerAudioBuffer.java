package org.telephonystack.stream.call;

import java.time.Duration;
import java.util.ArrayDeque;

/// Caller audio that came before the model could hear it, in order. Bound: a duration; when full the oldest is dropped.
final class CallerAudioBuffer {

    private record Frame(String payload, int bytes) {}

    private final ArrayDeque<Frame> frames = new ArrayDeque<>();
    private final long maxBytes;
    private long bytes;
    private long droppedBytes;

    CallerAudioBuffer(Duration bound) {
        this.maxBytes = bound.toMillis() * Base64Audio.BYTES_PER_MILLI;
    }

    void keep(String text, int from, int to) {
        var frame = new Frame(text.substring(from, to), Base64Audio.bytes(text, from, to));
        frames.addLast(frame);
        bytes += frame.bytes();
        while (bytes > maxBytes) {
            int oldest = frames.removeFirst().bytes();
            bytes -= oldest;
            droppedBytes += oldest;
        }
    }

    /// Hands over everything kept, oldest first, and forgets it.
    void drainTo(ModelOrders model) {
        for (Frame frame : frames) {
            model.hear(frame.payload(), 0, frame.payload().length());
        }
        frames.clear();
        bytes = 0;
    }

    long droppedMillis() {
        return droppedBytes / Base64Audio.BYTES_PER_MILLI;
    }
}
