package org.telephonystack.simulator.sound;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The recorded sentences of one side, from `sound/<side>/clips.tsv` (name, tab, text) and `sound/<side>/<name>.ulaw` on the
/// classpath. `src/sound/render.sh` made them.
public final class Clips {

    /// A place in a recording where a clip was found.
    ///
    /// @param atMillis where its first heard byte lies in the recording
    /// @param heardMillis how much of it is there from its beginning; less than its length when it was cut off
    public record Found(Clip clip, long atMillis, long heardMillis) {

        public boolean isWhole() {
            return heardMillis >= clip.length().toMillis() - 20;
        }

        /// The words that were heard, in proportion to the time.
        public String heardText() {
            if (isWhole()) {
                return clip.text();
            }
            long end = clip.text().length() * heardMillis / Math.max(1, clip.length().toMillis());
            int space = clip.text().lastIndexOf(' ', (int) end);
            return (space < 0 ? "" : clip.text().substring(0, space)) + "—";
        }
    }

    /// Long enough that no two sentences share it, short enough to be heard before a barge-in.
    private static final int NEEDLE_BYTES = 400;

    private final Map<String, Clip> byName;

    private Clips(Map<String, Clip> byName) {
        this.byName = Collections.unmodifiableMap(byName);
    }

    public static Clips caller() {
        return of("caller");
    }

    public static Clips of(String side) {
        var clips = new LinkedHashMap<String, Clip>();
        String list = new String(read(side + "/clips.tsv"), StandardCharsets.UTF_8);
        for (String line : list.split("\n")) {
            String[] columns = line.split("\t", 2);
            if (columns.length == 2) {
                byte[] sound = read(side + "/" + columns[0] + ".ulaw");
                clips.put(columns[0], new Clip(columns[0], columns[1].strip(), sound));
            }
        }
        return new Clips(clips);
    }

    public Clip get(String name) {
        Clip clip = byName.get(name);
        if (clip == null) {
            throw new IllegalArgumentException(
                    "no clip " + name + ", there are " + byName.keySet());
        }
        return clip;
    }

    public Collection<Clip> all() {
        return byName.values();
    }

    /// Which of these clips a recording holds, in the order of time; repetitions are found too.
    public List<Found> findIn(byte[] recording) {
        var found = new ArrayList<Found>();
        for (Clip clip : byName.values()) {
            byte[] sound = clip.mulaw();
            int needle = Math.min(NEEDLE_BYTES, sound.length);
            for (int at = Needle.find(sound, needle, recording, 0); at >= 0; ) {
                int same = Needle.sameBytes(sound, recording, at);
                found.add(
                        new Found(clip, at / Mulaw.BYTES_PER_MILLI, same / Mulaw.BYTES_PER_MILLI));
                at = Needle.find(sound, needle, recording, at + same);
            }
        }
        found.sort(java.util.Comparator.comparingLong(Found::atMillis));
        return List.copyOf(found);
    }

    private static byte[] read(String name) {
        try (InputStream in = Clips.class.getResourceAsStream("/sound/" + name)) {
            if (in == null) {
                throw new IllegalArgumentException("no recorded speech at /sound/" + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A plain search: recordings are a few hundred kilobytes.
    private static final class Needle {

        static int find(byte[] sound, int length, byte[] recording, int from) {
            for (int at = from; at + length <= recording.length; at++) {
                if (recording[at] == sound[0]
                        && java.util.Arrays.equals(recording, at, at + length, sound, 0, length)) {
                    return at;
                }
            }
            return -1;
        }

        static int sameBytes(byte[] sound, byte[] recording, int at) {
            int end = Math.min(sound.length, recording.length - at);
            int different = java.util.Arrays.mismatch(sound, 0, end, recording, at, at + end);
            return different < 0 ? end : different;
        }
    }
}
