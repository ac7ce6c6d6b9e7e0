package org.telephonystack.stream.call;

/// How fast the assistant speaks, learnt from what it has said: a model's words run ahead of its sound, and where a connection
/// broke in between, only the sound was heard.
final class SpeechRate {

    /// Before anything was learnt: 15 characters a second.
    private long chars = 15;

    private long millis = 1_000;

    void learn(String text, long spokenMillis) {
        if (!text.isEmpty() && spokenMillis > 0) {
            chars += text.length();
            millis += spokenMillis;
        }
    }

    /// About as much of the text as fits into so much sound.
    String cut(String text, long spokenMillis) {
        return wholeWords(text, (int) (spokenMillis * chars / millis));
    }

    static String wholeWords(String text, int length) {
        if (length >= text.length()) {
            return text;
        }
        int space = text.lastIndexOf(' ', length);
        return space < 0 ? "" : text.substring(0, space);
    }
}
