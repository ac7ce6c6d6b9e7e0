package org.telephonystack.simulator.model;

import java.io.ByteArrayOutputStream;
import java.util.Optional;

/// Hears where speech begins and ends, by the energy of the sound. Counts appended samples, never time: when no audio
/// comes, no silence is heard and a turn never ends, as with the real one.
final class SpeechDetector {

    static final int BYTES_PER_MILLI = 8;
    private static final int WINDOW = 20 * BYTES_PER_MILLI;

    /// At threshold 0.5, speech is what is louder than this share of full scale (root mean square): 34 dB below it.
    private static final double LEVEL = 0.02;

    /// Who speaks already may be softer: a word dies away.
    private static final double FADING = 1 / 3.0;

    /// A click is no speech: so many windows in a row must be loud.
    private static final int ONSET_WINDOWS = 3;

    /// What was noticed in one window of 20 ms.
    sealed interface Notice {
        record Started(int audioStartMillis) implements Notice {}

        /// @param audio what was said, with the padding before it
        @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
        record Stopped(int audioEndMillis, byte[] audio) implements Notice {}
    }

    private final byte[] window = new byte[WINDOW];
    private int filled;
    private int heardMillis;
    private int loudWindows;
    private int quietMillis;
    private boolean speaking;
    private ByteArrayOutputStream audio = new ByteArrayOutputStream();

    int heardMillis() {
        return heardMillis + filled / BYTES_PER_MILLI;
    }

    int bufferedBytes() {
        return audio.size() + filled;
    }

    /// The sound of the uncommitted buffer, which is then empty.
    byte[] take() {
        audio.write(window, 0, filled);
        heardMillis += filled / BYTES_PER_MILLI;
        byte[] taken = audio.toByteArray();
        reset();
        return taken;
    }

    void reset() {
        audio = new ByteArrayOutputStream();
        filled = 0;
        loudWindows = 0;
        quietMillis = 0;
        speaking = false;
    }

    /// Takes bytes up to the end of one window.
    ///
    /// @return how many were taken
    int fill(byte[] bytes, int from) {
        int count = Math.min(WINDOW - filled, bytes.length - from);
        System.arraycopy(bytes, from, window, filled, count);
        filled += count;
        return count;
    }

    boolean isWindowFull() {
        return filled == WINDOW;
    }

    Optional<Notice> closeWindow(SessionSettings.Detection detection) {
        filled = 0;
        heardMillis += WINDOW / BYTES_PER_MILLI;
        audio.writeBytes(window);
        double level = LEVEL * detection.threshold() / 0.5 * (speaking ? FADING : 1);
        boolean loud = Mulaw.loudness(window) > level;
        return speaking ? whileSpeaking(loud, detection) : whileQuiet(loud, detection);
    }

    /// With detection off: nothing is noticed, the buffer only grows.
    void closeWindowUnheard() {
        filled = 0;
        heardMillis += WINDOW / BYTES_PER_MILLI;
        audio.writeBytes(window);
    }

    private Optional<Notice> whileQuiet(boolean loud, SessionSettings.Detection detection) {
        loudWindows = loud ? loudWindows + 1 : 0;
        int keptMillis = detection.prefixMillis() + loudWindows * (WINDOW / BYTES_PER_MILLI);
        keepNewest(keptMillis * BYTES_PER_MILLI);
        if (loudWindows < ONSET_WINDOWS) {
            return Optional.empty();
        }
        speaking = true;
        quietMillis = 0;
        return Optional.of(new Notice.Started(Math.max(0, heardMillis - keptMillis)));
    }

    private Optional<Notice> whileSpeaking(boolean loud, SessionSettings.Detection detection) {
        quietMillis = loud ? 0 : quietMillis + WINDOW / BYTES_PER_MILLI;
        if (quietMillis < detection.silenceMillis()) {
            return Optional.empty();
        }
        byte[] said = audio.toByteArray();
        reset();
        return Optional.of(new Notice.Stopped(heardMillis, said));
    }

    private void keepNewest(int bytes) {
        if (audio.size() > bytes) {
            byte[] all = audio.toByteArray();
            audio = new ByteArrayOutputStream();
            audio.write(all, all.length - bytes, bytes);
        }
    }
}
