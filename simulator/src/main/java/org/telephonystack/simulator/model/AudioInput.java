package org.telephonystack.simulator.model;

import java.util.Base64;
import java.util.Optional;

/// The input audio buffer: takes what the client appends and tells when somebody begins and stops to speak.
final class AudioInput {

    interface Listener {
        void onSpeechStarted(String itemId, int audioStartMillis);

        void onSpeechStopped(String itemId, int audioEndMillis, byte[] audio);
    }

    private static final int MAX_APPEND_BYTES = 15 * 1024 * 1024;
    private static final int MIN_COMMIT_MILLIS = 100;

    private final Line line;
    private final SessionSettings settings;
    private final Listener listener;
    private final SpeechDetector detector = new SpeechDetector();
    private String itemId = "";

    AudioInput(Line line, SessionSettings settings, Listener listener) {
        this.line = line;
        this.settings = settings;
        this.listener = listener;
    }

    Optional<Refusal> append(String base64) {
        byte[] sound;
        try {
            sound = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException _) {
            return Optional.of(Refusal.value("audio", "not valid base64"));
        }
        if (sound.length > MAX_APPEND_BYTES) {
            return Optional.of(Refusal.value("audio", "longer than 15 MiB"));
        }
        line.connection().onAudio(sound.length);
        if (!settings.hearsPhoneAudio()) {
            // The real one takes it for 24 kHz PCM, hears noise, and says nothing.
            line.connection().onViolation("sound was appended before audio/pcmu was agreed");
            return Optional.empty();
        }
        hear(sound);
        return Optional.empty();
    }

    private void hear(byte[] sound) {
        for (int at = 0; at < sound.length; ) {
            at += detector.fill(sound, at);
            if (detector.isWindowFull()) {
                settings.detection()
                        .ifPresentOrElse(
                                detection -> detector.closeWindow(detection).ifPresent(this::tell),
                                detector::closeWindowUnheard);
            }
        }
    }

    private void tell(SpeechDetector.Notice notice) {
        switch (notice) {
            case SpeechDetector.Notice.Started(int startMillis) -> {
                itemId = line.newId("item");
                line.send(
                        "input_audio_buffer.speech_started",
                        event -> event.put("audio_start_ms", startMillis).put("item_id", itemId));
                listener.onSpeechStarted(itemId, startMillis);
            }
            case SpeechDetector.Notice.Stopped stopped -> {
                int endMillis = stopped.audioEndMillis();
                line.send(
                        "input_audio_buffer.speech_stopped",
                        event -> event.put("audio_end_ms", endMillis).put("item_id", itemId));
                listener.onSpeechStopped(itemId, endMillis, stopped.audio());
            }
        }
    }

    boolean isTooShortToCommit() {
        return detector.bufferedBytes() < MIN_COMMIT_MILLIS * SpeechDetector.BYTES_PER_MILLI;
    }

    byte[] take() {
        return detector.take();
    }

    Refusal emptyCommit() {
        return Refusal.of(
                "input_audio_buffer_commit_empty",
                "Error committing input audio buffer: buffer too small. Expected at least 100ms of audio, but buffer "
                        + "only has "
                        + detector.bufferedBytes() / SpeechDetector.BYTES_PER_MILLI
                        + ".00ms of audio.",
                null);
    }

    void clear() {
        detector.reset();
    }
}
