package org.telephonystack.simulator.sound;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.Arrays;

class SoundTest {

    @Test
    void everyCodeWordSurvivesDecodingAndEncoding() {
        for (int code = 0; code < 256; code++) {
            // 0x7F is minus zero: it comes back as plus zero.
            byte expected = code == 0x7F ? (byte) 0xFF : (byte) code;
            assertThat(Mulaw.encode(Mulaw.decode((byte) code))).isEqualTo(expected);
        }
    }

    @Test
    void knownSamplesAreThoseOfTheStandard() {
        assertThat(Mulaw.decode((byte) 0x00)).isEqualTo((short) -32_124);
        assertThat(Mulaw.decode((byte) 0x80)).isEqualTo((short) 32_124);
        assertThat(Mulaw.decode((byte) 0xFF)).isZero();
    }

    @Test
    void recordedSentencesHaveTextAndSound() {
        assertThat(Clips.caller().all()).hasSizeGreaterThan(8);
        assertThat(Clips.caller().all())
                .allSatisfy(clip -> {
                    assertThat(clip.text()).isNotBlank();
                    assertThat(clip.length().toMillis()).isBetween(300L, 5_000L);
                    assertThat(Mulaw.isAudible(clip.mulaw())).isTrue();
                });
    }

    @Test
    void aSentenceIsFoundWhereItWasHeardAndHowMuchOfIt() {
        Clip book = Clips.caller().get("book");
        Clip yes = Clips.caller().get("yes");
        byte[] recording = Mulaw.silence(80_000);
        System.arraycopy(book.mulaw(), 0, recording, 8_000, 12_000);
        System.arraycopy(yes.mulaw(), 0, recording, 30_000, yes.mulaw().length);

        var found = Clips.caller().findIn(recording);

        assertThat(found)
                .extracting(Clips.Found::clip)
                .extracting(Clip::name)
                .containsExactly("book", "yes");
        assertThat(found.getFirst().atMillis()).isEqualTo(1_000);
        assertThat(found.getFirst().heardMillis()).isEqualTo(1_500);
        assertThat(found.getFirst().heardText()).startsWith("Hi, I'd like").endsWith("—");
        assertThat(found.getLast().heardText()).isEqualTo(yes.text());
    }

    @Test
    void theWavHasTheCallerOnTheLeft() {
        byte[] wav = Wav.stereo(new byte[] {(byte) 0x80}, new byte[] {(byte) 0xFF, 0x00});

        assertThat(wav).hasSize(44 + 8);
        assertThat(Arrays.copyOfRange(wav, 44, 52))
                .containsExactly(0x7C, 0x7D, 0, 0, 0, 0, 0x84, 0x82);
    }
}
