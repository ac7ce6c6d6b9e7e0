package org.telephonystack.stream.call;

/// Measures audio that stays base64: µ-law at 8 kHz is 8 bytes a millisecond.
final class Base64Audio {

    static final int BYTES_PER_MILLI = 8;

    private Base64Audio() {}

    /// Decoded length of the base64 in `text` from `from` to `to`, padded or not.
    static int bytes(String text, int from, int to) {
        int end = to;
        while (end > from && text.charAt(end - 1) == '=') {
            end--;
        }
        return (end - from) * 3 / 4;
    }
}
