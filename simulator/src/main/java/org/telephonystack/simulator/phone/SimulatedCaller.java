package org.telephonystack.simulator.phone;

import org.telephonystack.simulator.sound.Clip;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/// What a person on the telephone does, step by step. Each step returns a future: `join()` it on a thread of your own (a
/// virtual one), or chain. A step that the end of the call makes impossible fails with [CallEnded].
public final class SimulatedCaller {

    private final PhoneCall call;

    public SimulatedCaller(PhoneCall call) {
        this.call = call;
    }

    public PhoneCall call() {
        return call;
    }

    /// The assistant has said something since the caller's last words (or since this was last waited for) and has then
    /// been silent for this long.
    public CompletableFuture<Void> waitForAssistantToFinish(Duration silence) {
        return call.hears(heard -> heard.hasFinished(silence.toMillis()));
    }

    /// The assistant has spoken for this long since the caller's last words, or since it was last waited for to finish.
    public CompletableFuture<Void> waitForAssistantToSpeak(Duration atLeast) {
        return call.hears(
                heard -> heard.spokenMillis() > 0 && heard.spokenMillis() >= atLeast.toMillis());
    }

    /// @return done when the last word has been said
    public CompletableFuture<Void> say(Clip clip) {
        return call.say(clip);
    }

    /// Barges in: speaks over the assistant after so much of its answer.
    public CompletableFuture<Void> sayOver(Clip clip, Duration afterSpeech) {
        return waitForAssistantToSpeak(afterSpeech).thenCompose(_ -> call.say(clip));
    }

    public CompletableFuture<Void> waitSilently(Duration time) {
        return call.passes(time);
    }

    public CompletableFuture<Void> press(char digit) {
        return call.press(digit);
    }

    public CompletableFuture<CallRecord> hangUp() {
        return call.hangUp();
    }

    /// Begins a sentence and is gone before its end.
    public CompletableFuture<CallRecord> hangUpMidSentence(Clip clip, Duration after) {
        CompletableFuture<Void> said = call.say(clip);
        return call.passes(after)
                .thenCompose(_ -> call.hangUp())
                .whenComplete((_, _) -> said.cancel(false));
    }

    /// Hangs up while the assistant speaks.
    public CompletableFuture<CallRecord> hangUpOnAssistant(Duration afterSpeech) {
        return waitForAssistantToSpeak(afterSpeech).thenCompose(_ -> call.hangUp());
    }
}
