package org.telephonystack.stream.call.twilio;

/// Whether a text is base64 and nothing else. Audio is copied into the other side's JSON without being decoded: a quote in
/// it would let a peer write fields of its own.
final class Base64Text {

    private static final boolean[] PLAIN = new boolean[128];

    static {
        for (char c = 'A'; c <= 'Z'; c++) {
            PLAIN[c] = true;
            PLAIN[c + 'a' - 'A'] = true;
        }
        for (char c = '0'; c <= '9'; c++) {
            PLAIN[c] = true;
        }
        PLAIN['+'] = true;
        PLAIN['/'] = true;
    }

    private Base64Text() {}

    /// Padded, with at least one byte in it. The two lowest bits of the last digit may be set: who cares.
    static boolean isPlain(String text, int from, int to) {
        if (to <= from || (to - from) % 4 != 0) {
            return false;
        }
        int end = to;
        while (end > to - 2 && text.charAt(end - 1) == '=') {
            end--;
        }
        for (int i = from; i < end; i++) {
            char c = text.charAt(i);
            if (c >= 128 || !PLAIN[c]) {
                return false;
            }
        }
        return true;
    }

    /// How much sound it is: 8 bytes of µ-law a millisecond.
    static long millis(String text, int from, int to) {
        int padding = text.charAt(to - 1) != '=' ? 0 : text.charAt(to - 2) != '=' ? 1 : 2;
        return ((to - from) / 4L * 3 - padding) / 8;
    }
}
