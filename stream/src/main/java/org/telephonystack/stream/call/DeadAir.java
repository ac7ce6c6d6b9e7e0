package org.telephonystack.stream.call;

import org.telephonystack.stream.call.Clips.Clip;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Silence that we owe the caller is filled with a recorded sentence, and again every few seconds: while no model can speak,
/// and while one takes its time. Not while a tool runs: the assistant itself says so then.
final class DeadAir {

    private static final Duration AGAIN = Duration.ofSeconds(4);

    private final CallPorts ports;
    private final CallTimers timers;
    private final AssistantVoice voice;
    private final Duration longest;
    private final Supplier<Optional<String>> language;
    private final BooleanSupplier isOwed;
    private boolean counting;
    private long sentBefore;
    private CallTime.Timer timer = () -> {};

    /// @param longest silence
    /// @param isOwed asked when it has been silent for long
    DeadAir(
            CallPorts ports,
            CallTimers timers,
            AssistantVoice voice,
            Duration longest,
            Supplier<Optional<String>> language,
            BooleanSupplier isOwed) {
        this.ports = ports;
        this.timers = timers;
        this.voice = voice;
        this.longest = longest;
        this.language = language;
        this.isOwed = isOwed;
    }

    /// The caller is owed something from now on, if they were not before.
    void begin() {
        if (!counting) {
            counting = true;
            lookAfterSilence();
        }
    }

    /// They have got it, or they speak themselves.
    void end() {
        counting = false;
        timer.cancel();
    }

    private void lookAfterSilence() {
        sentBefore = voice.sentMillis();
        look(longest.plusMillis(voice.unheardMillis()));
    }

    private void look(Duration after) {
        timer = timers.after(after, this::onSilence);
    }

    private void onSilence() {
        if (!isOwed.getAsBoolean()) {
            counting = false;
        } else if (voice.isPlaying() && voice.sentMillis() != sentBefore) {
            // More has come meanwhile. What was there before was played by now, whether we were
            // told or not.
            lookAfterSilence();
        } else {
            ports.clips().sound(Clip.ONE_MOMENT, language.get()).ifPresent(this::play);
            look(AGAIN);
        }
    }

    private void play(String sound) {
        ports.observer().on(new CallEvent.ClipPlayed(), ports.time().now());
        voice.playClip(sound);
    }
}
