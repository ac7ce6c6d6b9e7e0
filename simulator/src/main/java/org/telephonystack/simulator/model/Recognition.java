package org.telephonystack.simulator.model;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Understands the caller's recorded sentences: looks for pieces of what was heard in the recordings. A cut beginning,
/// padding and a shifted frame grid do not matter; what was re-coded on the way is not recognised.
final class Recognition {

    private static final int PIECE = 40 * SpeechDetector.BYTES_PER_MILLI;
    private static final int STEP = 120 * SpeechDetector.BYTES_PER_MILLI;

    private final Map<String, byte[]> recordings;

    /// @param recordings µ-law sound by what is said in it
    Recognition(Map<String, byte[]> recordings) {
        this.recordings = Map.copyOf(recordings);
    }

    /// @return the sentences heard, in their order; empty when none is known
    Optional<String> understand(byte[] heard) {
        Set<String> sentences = new LinkedHashSet<>();
        for (int at = 0; at + PIECE <= heard.length; at += STEP) {
            if (isSpeech(heard, at)) {
                find(heard, at).ifPresent(sentences::add);
            }
        }
        return sentences.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", sentences));
    }

    private static boolean isSpeech(byte[] heard, int from) {
        int loud = 0;
        for (int i = from; i < from + PIECE; i++) {
            loud += Mulaw.isLoud(heard[i]) ? 1 : 0;
        }
        return loud > PIECE / 4;
    }

    private Optional<String> find(byte[] heard, int from) {
        return recordings.entrySet().stream()
                .filter(recording -> contains(recording.getValue(), heard, from))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static boolean contains(byte[] recording, byte[] heard, int from) {
        for (int at = 0; at + PIECE <= recording.length; at++) {
            int same = 0;
            while (same < PIECE && recording[at + same] == heard[from + same]) {
                same++;
            }
            if (same == PIECE) {
                return true;
            }
        }
        return false;
    }
}
