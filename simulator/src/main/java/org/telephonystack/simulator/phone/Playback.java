package org.telephonystack.simulator.phone;

import org.telephonystack.simulator.sound.Mulaw;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/// What our server sent to be played, in order, with its marks: at most ten minutes.
final class Playback {

    static final int LIMIT_BYTES = 10 * 60 * 1000 * Mulaw.BYTES_PER_MILLI;

    private sealed interface Entry {

        /// Its identity is its place in the queue.
        final class Sound implements Entry {
            private final byte[] bytes;
            private int played;

            Sound(byte[] bytes) {
                this.bytes = bytes;
            }
        }

        record Mark(String name) implements Entry {}
    }

    private final Deque<Entry> queue = new ArrayDeque<>();
    private int queuedBytes;

    /// @return false when the buffer is full and the surplus was dropped
    boolean add(byte[] sound) {
        int room = Math.min(sound.length, LIMIT_BYTES - queuedBytes);
        if (room > 0) {
            queue.add(new Entry.Sound(room == sound.length ? sound : Arrays.copyOf(sound, room)));
            queuedBytes += room;
        }
        return room == sound.length;
    }

    /// @return true when nothing is queued: the mark is to be echoed at once
    boolean mark(String name) {
        if (queue.isEmpty()) {
            return true;
        }
        queue.add(new Entry.Mark(name));
        return false;
    }

    int queuedMillis() {
        return queuedBytes / Mulaw.BYTES_PER_MILLI;
    }

    /// Throws everything away.
    ///
    /// @return the marks that were waiting, in order
    List<String> clear() {
        var marks = new ArrayList<String>();
        for (Entry entry : queue) {
            if (entry instanceof Entry.Mark(String name)) {
                marks.add(name);
            }
        }
        queue.clear();
        queuedBytes = 0;
        return marks;
    }

    /// The next piece, filled up with silence.
    ///
    /// @param reached gets each mark whose sound has now been played to the end
    byte[] play(int bytes, Consumer<String> reached) {
        byte[] out = Mulaw.silence(bytes);
        int filled = 0;
        for (Entry head = queue.peek(); head != null; head = queue.peek()) {
            switch (head) {
                case Entry.Mark(String name) -> reached.accept(name);
                case Entry.Sound sound -> {
                    int count = Math.min(bytes - filled, sound.bytes.length - sound.played);
                    System.arraycopy(sound.bytes, sound.played, out, filled, count);
                    filled += count;
                    sound.played += count;
                    queuedBytes -= count;
                    if (sound.played < sound.bytes.length) {
                        return out;
                    }
                }
            }
            queue.remove();
        }
        return out;
    }
}
