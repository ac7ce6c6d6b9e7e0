package org.telephonystack.simulator.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.telephonystack.simulator.sound.Clip;
import org.telephonystack.simulator.sound.Clips;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class SoundTest {

    private static final SessionSettings.Detection STREAMS =
            new SessionSettings.Detection(0.6, 300, 400, true, true);

    private final Recognition recognition = new Recognition(Recordings.of("caller"));
    private final AssistantVoice voice = new AssistantVoice(Recordings.of("assistant"));

    static Collection<Clip> callerClips() {
        return Clips.caller().all();
    }

    /// A pause inside a sentence would make two turns of it.
    @ParameterizedTest
    @MethodSource("callerClips")
    void everyRecordedSentenceOfTheCallerIsOneTurn(Clip clip) {
        List<SpeechDetector.Notice> notices = detect(padded(clip.mulaw(), 500, 600));

        assertThat(notices).hasSize(2);
        assertThat(notices.get(0)).isInstanceOf(SpeechDetector.Notice.Started.class);
        assertThat(notices.get(1)).isInstanceOf(SpeechDetector.Notice.Stopped.class);
    }

    @Test
    void silenceAndClicksAreNoSpeech() {
        byte[] sound = padded(new byte[0], 1000, 1000);
        Arrays.fill(sound, 4000, 4080, (byte) 0x80);

        assertThat(detect(sound)).isEmpty();
    }

    @Test
    void aSentenceIsUnderstoodWithItsBeginningCutOffAndShifted() {
        byte[] sound = Clips.caller().get("book").mulaw();

        byte[] heard = padded(Arrays.copyOfRange(sound, 1003, sound.length), 7, 33);

        assertThat(recognition.understand(heard)).contains(Clips.caller().get("book").text());
    }

    @Test
    void twoSentencesInOneBreathAreBothUnderstood() {
        var both = new ByteArrayOutputStream();
        both.writeBytes(Clips.caller().get("yes").mulaw());
        both.writeBytes(Clips.caller().get("thanks").mulaw());

        assertThat(recognition.understand(both.toByteArray()))
                .contains("Yes, that works for me. No, that's all. Thank you, bye!");
    }

    @Test
    void noiseIsNotUnderstood() {
        assertThat(recognition.understand(Mulaw.hum(2000))).isEqualTo(Optional.empty());
    }

    @Test
    void aRecordedSentenceIsSaidAsItWasRecorded() {
        assertThat(voice.say("One moment, please."))
                .isEqualTo(Clips.of("assistant").get("one-moment-please").mulaw());
    }

    @Test
    void anySlotCanBeSaidInRecordedWords() {
        var words =
                new AssistantVoice(
                        Map.of(
                                "I have a", new byte[] {1},
                                "Tuesday", new byte[] {2},
                                "November", new byte[] {3},
                                "24", new byte[] {4},
                                "at", new byte[] {5},
                                "3", new byte[] {6},
                                "PM", new byte[] {7}));

        byte[] said = words.say("I have a Tuesday, November 24 at 3 PM");

        assertThat(withoutGaps(said)).containsExactly(1, 2, 3, 4, 5, 6, 7);
    }

    @Test
    void aWordNobodyRecordedIsHummedForItsLength() {
        assertThat(voice.say("Supercalifragilistic")).hasSize(20 * 60 * 8);
    }

    private static byte[] withoutGaps(byte[] sound) {
        var loud = new ByteArrayOutputStream();
        for (byte sample : sound) {
            if (sample != Mulaw.SILENCE) {
                loud.write(sample);
            }
        }
        return loud.toByteArray();
    }

    private static byte[] padded(byte[] sound, int beforeMillis, int afterMillis) {
        byte[] padded = new byte[beforeMillis * 8 + sound.length + afterMillis * 8];
        Arrays.fill(padded, Mulaw.SILENCE);
        System.arraycopy(sound, 0, padded, beforeMillis * 8, sound.length);
        return padded;
    }

    private static List<SpeechDetector.Notice> detect(byte[] sound) {
        var detector = new SpeechDetector();
        var notices = new ArrayList<SpeechDetector.Notice>();
        for (int at = 0; at < sound.length; ) {
            at += detector.fill(sound, at);
            if (detector.isWindowFull()) {
                detector.closeWindow(STREAMS).ifPresent(notices::add);
            }
        }
        return notices;
    }
}
