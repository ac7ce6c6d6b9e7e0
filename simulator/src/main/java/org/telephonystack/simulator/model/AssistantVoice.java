package org.telephonystack.simulator.model;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Says any sentence: recorded sentences as they are, others put together from recorded words. A word nobody recorded
/// becomes a hum of about its length.
final class AssistantVoice {

    private static final int HUM_MILLIS_PER_CHARACTER = 60;
    private static final int GAP_MILLIS = 40;
    private static final int LONGEST_PHRASE = 16;

    private final Map<String, byte[]> recordings = new HashMap<>();

    /// @param recordings µ-law sound by what is said in it
    AssistantVoice(Map<String, byte[]> recordings) {
        recordings.forEach(
                (text, sound) -> this.recordings.put(String.join(" ", words(text)), sound));
    }

    byte[] say(String text) {
        List<String> words = words(text);
        var sound = new ByteArrayOutputStream();
        for (int at = 0; at < words.size(); ) {
            int count = longestRecorded(words, at);
            sound.writeBytes(
                    count == 0
                            ? Mulaw.hum(words.get(at).length() * HUM_MILLIS_PER_CHARACTER)
                            : recordings.getOrDefault(phrase(words, at, count), new byte[0]));
            at += Math.max(1, count);
            if (at < words.size()) {
                sound.writeBytes(silence(GAP_MILLIS));
            }
        }
        return sound.toByteArray();
    }

    private int longestRecorded(List<String> words, int at) {
        for (int count = Math.min(LONGEST_PHRASE, words.size() - at); count > 0; count--) {
            if (recordings.containsKey(phrase(words, at, count))) {
                return count;
            }
        }
        return 0;
    }

    private static String phrase(List<String> words, int at, int count) {
        return String.join(" ", words.subList(at, at + count));
    }

    private static List<String> words(String text) {
        return Arrays.stream(
                        text.toLowerCase(Locale.ROOT)
                                .replaceAll("[^\\p{L}\\p{N}']+", " ")
                                .strip()
                                .split(" "))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static byte[] silence(int millis) {
        byte[] silence = new byte[millis * SpeechDetector.BYTES_PER_MILLI];
        Arrays.fill(silence, Mulaw.SILENCE);
        return silence;
    }
}
