package org.telephonystack.simulator.phone;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.telephonystack.simulator.sound.Mulaw;

import java.util.ArrayList;
import java.util.List;

class PlaybackTest {

    private final Playback playback = new Playback();
    private final List<String> reached = new ArrayList<>();

    @Test
    void aMarkIsReachedWhenTheLastByteBeforeItIsPlayed() {
        playback.add(sound(1, 200));
        playback.mark("a");
        playback.add(sound(2, 120));
        playback.mark("b");

        byte[] first = playback.play(160, reached::add);
        assertThat(reached).isEmpty();
        byte[] second = playback.play(160, reached::add);

        assertThat(reached).containsExactly("a", "b");
        assertThat(first).containsOnly(1);
        assertThat(second[39]).isEqualTo((byte) 1);
        assertThat(second[40]).isEqualTo((byte) 2);
    }

    @Test
    void aMarkWithNothingBeforeItIsEchoedAtOnce() {
        assertThat(playback.mark("a")).isTrue();

        playback.add(sound(1, 1));
        assertThat(playback.mark("b")).isFalse();
    }

    @Test
    void clearGivesBackTheMarksAndLeavesSilence() {
        playback.add(sound(1, 1000));
        playback.mark("a");
        playback.mark("b");

        assertThat(playback.clear()).containsExactly("a", "b");

        assertThat(playback.play(160, reached::add)).containsOnly(Mulaw.SILENCE);
        assertThat(reached).isEmpty();
        assertThat(playback.queuedMillis()).isZero();
    }

    @Test
    void moreThanTenMinutesAreDropped() {
        assertThat(playback.add(sound(1, Playback.LIMIT_BYTES - 8))).isTrue();
        assertThat(playback.add(sound(1, 16))).isFalse();

        assertThat(playback.queuedMillis()).isEqualTo(600_000);
    }

    private static byte[] sound(int value, int length) {
        var sound = new byte[length];
        java.util.Arrays.fill(sound, (byte) value);
        return sound;
    }
}
