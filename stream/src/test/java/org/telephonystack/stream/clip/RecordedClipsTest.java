package org.telephonystack.stream.clip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.telephonystack.stream.call.Clips.Clip;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

class RecordedClipsTest {

    private final RecordedClips clips = new RecordedClips();

    @ParameterizedTest
    @ValueSource(strings = {"en", "es"})
    void aClipIsAShortSentenceInMuLaw(String language) {
        byte[] sound = bytes(Optional.of(language));

        // 8 bytes are a millisecond.
        assertThat(sound.length / 8).isBetween(800, 2500);
        assertThat(loud(sound)).as("share of it that is speech").isBetween(0.2, 0.95);
        assertThat(new String(sound, 0, 4, StandardCharsets.ISO_8859_1))
                .as("no file header")
                .isNotEqualTo("RIFF");
    }

    @Test
    void theLanguagesDiffer() {
        assertThat(bytes(Optional.of("en"))).isNotEqualTo(bytes(Optional.of("es")));
    }

    @Test
    void anUnknownLanguageIsEnglish() {
        assertThat(bytes(Optional.of("fr"))).isEqualTo(bytes(Optional.of("en")));
        assertThat(bytes(Optional.empty())).isEqualTo(bytes(Optional.of("en")));
    }

    private byte[] bytes(Optional<String> language) {
        return Base64.getDecoder().decode(clips.sound(Clip.ONE_MOMENT, language).orElseThrow());
    }

    /// µ-law codes are inverted: 0xFF and 0x7F are silence, small codes are loud.
    private static double loud(byte[] sound) {
        int loud = 0;
        for (byte sample : sound) {
            if ((sample & 0x7F) < 0x60) {
                loud++;
            }
        }
        return (double) loud / sound.length;
    }
}
