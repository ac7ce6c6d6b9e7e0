package org.telephonystack.stream.call;

import org.telephonystack.stream.call.Clips.Clip;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Silence that we owe the caller is filled with a recorded sentence, once: while no model can speak, and while one takes
/// its time. Not while a tool runs: the assistant itself says so then.
final class DeadAir {

    private final CallPorts ports;
    private final CallTimers timers;
    private final AssistantVoice voice;
    private final Supplier<Optional<String>> language;
    private final BooleanSupplier isOwed;
    private boolean played;
    private CallTime.Timer timer = () -> {};

    /// @param isOwed asked when it has been silent for long
    DeadAir(
            CallPorts ports,
            CallTimers timers,
            AssistantVoice voice,
            Supplier<Optional<String>> language,
            BooleanSupplier isOwed) {
        this.ports = ports;
        this.timers = timers;
        this.voice = voice;
        this.language = language;
        this.isOwed = isOwed;
    }

    /// The caller is owed something from now on.
    ///
    /// @param longest silence
    void begin(Duration longest) {
        timer.cancel();
        timer = timers.after(longest.plusMillis(voice.unheardMillis()), () -> onSilence(longest));
    }

    /// They have got it, or they speak themselves.
    void end() {
        played = false;
        timer.cancel();
    }

    private void onSilence(Duration longest) {
        if (voice.isPlaying()) {
            begin(longest);
        } else if (!played && isOwed.getAsBoolean()) {
            played = true;
            ports.clips().sound(Clip.ONE_MOMENT, language.get()).ifPresent(this::play);
        }
    }

    private void play(String sound) {
        ports.observer().on(new CallEvent.ClipPlayed(), ports.time().now());
        voice.playClip(sound);
    }
}
