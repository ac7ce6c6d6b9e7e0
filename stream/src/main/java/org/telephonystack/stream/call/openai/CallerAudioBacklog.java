package org.telephonystack.stream.call.openai;

import java.util.ArrayDeque;

/// Caller audio that the socket does not take at the moment. Bound: frames; when full the oldest goes, because late audio
/// makes stale turns.
final class CallerAudioBacklog {

    private final ArrayDeque<String> frames = new ArrayDeque<>();
    private final int maxFrames;

    CallerAudioBacklog(int maxFrames) {
        this.maxFrames = maxFrames;
    }

    /// @return whether an older frame was dropped for it
    boolean add(String frame) {
        frames.addLast(frame);
        if (frames.size() > maxFrames) {
            frames.removeFirst();
            return true;
        }
        return false;
    }

    boolean isEmpty() {
        return frames.isEmpty();
    }

    String removeOldest() {
        return frames.removeFirst();
    }
}
