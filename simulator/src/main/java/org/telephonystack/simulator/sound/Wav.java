package org.telephonystack.simulator.sound;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Writes a call as a stereo WAV file (16-bit PCM, 8 kHz): the caller on the left, the assistant on the right.
public final class Wav {

    private static final int HEADER_BYTES = 44;
    private static final int SAMPLE_RATE = 8_000;
    private static final int BYTES_PER_FRAME = 4;

    private Wav() {}

    /// @param left µ-law; the shorter side is filled with silence
    public static void write(Path file, byte[] left, byte[] right) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.write(file, stereo(left, right));
    }

    static byte[] stereo(byte[] left, byte[] right) {
        int samples = Math.max(left.length, right.length);
        int dataBytes = samples * BYTES_PER_FRAME;
        var out = ByteBuffer.allocate(HEADER_BYTES + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        out.put(ascii("RIFF")).putInt(HEADER_BYTES - 8 + dataBytes).put(ascii("WAVE"));
        out.put(ascii("fmt ")).putInt(16).putShort((short) 1).putShort((short) 2);
        out.putInt(SAMPLE_RATE).putInt(SAMPLE_RATE * BYTES_PER_FRAME);
        out.putShort((short) BYTES_PER_FRAME).putShort((short) 16);
        out.put(ascii("data")).putInt(dataBytes);
        for (int i = 0; i < samples; i++) {
            out.putShort(sample(left, i)).putShort(sample(right, i));
        }
        return out.array();
    }

    private static short sample(byte[] side, int i) {
        return i < side.length ? Mulaw.decode(side[i]) : 0;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
