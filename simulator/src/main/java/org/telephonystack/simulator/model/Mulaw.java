package org.telephonystack.simulator.model;

/// G.711 µ-law, 8 kHz: one byte a sample, 8 a millisecond.
final class Mulaw {

    static final byte SILENCE = (byte) 0xFF;

    private static final double[] LEVELS = levels();

    private Mulaw() {}

    /// Root mean square as a share of full scale.
    static double loudness(byte[] sound) {
        double sum = 0;
        for (byte sample : sound) {
            double level = LEVELS[sample & 0xFF];
            sum += level * level;
        }
        return sound.length == 0 ? 0 : Math.sqrt(sum / sound.length);
    }

    static boolean isLoud(byte sample) {
        return Math.abs(LEVELS[sample & 0xFF]) > 0.02;
    }

    /// A tone of the length the words would take, for words nobody recorded.
    static byte[] hum(int millis) {
        byte[] sound = new byte[millis * SpeechDetector.BYTES_PER_MILLI];
        for (int i = 0; i < sound.length; i++) {
            double swell = 0.5 - 0.5 * Math.cos(i / 800.0 * Math.PI);
            sound[i] = encode(0.15 * swell * Math.sin(i / 8000.0 * 2 * Math.PI * 160));
        }
        return sound;
    }

    private static double[] levels() {
        double[] levels = new double[256];
        for (int code = 0; code < 256; code++) {
            int inverted = ~code & 0xFF;
            int exponent = (inverted >> 4) & 7;
            int magnitude = ((((inverted & 0x0F) << 3) + 0x84) << exponent) - 0x84;
            levels[code] = ((inverted & 0x80) == 0 ? magnitude : -magnitude) / 32768.0;
        }
        return levels;
    }

    private static byte encode(double level) {
        int sign = level < 0 ? 0x80 : 0;
        int magnitude = Math.min(32635, (int) Math.abs(level * 32768)) + 0x84;
        int exponent = 7;
        while (exponent > 0 && (magnitude & (0x80 << exponent)) == 0) {
            exponent--;
        }
        int mantissa = (magnitude >> (exponent + 3)) & 0x0F;
        return (byte) ~(sign | (exponent << 4) | mantissa);
    }
}
