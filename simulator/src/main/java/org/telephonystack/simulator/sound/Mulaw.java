package org.telephonystack.simulator.sound;

/// G.711 µ-law, the sound of the telephone network: one byte is 125 µs at 8 kHz.
public final class Mulaw {

    /// The byte a silent line carries.
    public static final byte SILENCE = (byte) 0xFF;

    /// 20 ms, what one media message carries.
    public static final int FRAME_BYTES = 160;

    public static final int BYTES_PER_MILLI = 8;

    private static final int BIAS = 0x84;
    private static final int CLIP = 32_635;

    private Mulaw() {}

    /// A linear 16-bit sample.
    public static short decode(byte mulaw) {
        int bits = ~mulaw & 0xFF;
        int magnitude = (((bits & 0x0F) << 3) + BIAS) << ((bits & 0x70) >> 4);
        return (short) ((bits & 0x80) != 0 ? BIAS - magnitude : magnitude - BIAS);
    }

    public static byte encode(short sample) {
        int sign = sample < 0 ? 0x80 : 0;
        int magnitude = Math.min(Math.abs((int) sample), CLIP) + BIAS;
        int exponent = 31 - Integer.numberOfLeadingZeros(magnitude) - 7;
        int mantissa = (magnitude >> (exponent + 3)) & 0x0F;
        return (byte) ~(sign | exponent << 4 | mantissa);
    }

    public static byte[] silence(int bytes) {
        var sound = new byte[bytes];
        java.util.Arrays.fill(sound, SILENCE);
        return sound;
    }

    /// Whether a listener would notice anything in these bytes.
    public static boolean isAudible(byte[] sound) {
        for (byte b : sound) {
            if (Math.abs((int) decode(b)) > 250) {
                return true;
            }
        }
        return false;
    }
}
