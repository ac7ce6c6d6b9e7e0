package org.telephonystack.stream.call;

import java.time.Duration;

/// The first words of a call, which nobody cuts off: until their first piece was heard (and a caller who said "hello?"
/// meanwhile has finished), the model neither answers by itself nor stops for the caller. What the caller said is part of the
/// conversation all the same.
final class Greeting {

    /// When marks do not come back: how long after its turn to be played a greeting counts as heard.
    private static final Duration HEARD_AFTER = Duration.ofSeconds(2);

    private final CallTimers timers;
    private final ModelOrders model;
    private final AssistantVoice voice;
    private final Runnable onOver;

    private boolean sent;
    private boolean heard;
    private boolean earlySpeech;
    private boolean over;

    /// @param onOver from now on both take turns
    Greeting(CallTimers timers, ModelOrders model, AssistantVoice voice, Runnable onOver) {
        this.timers = timers;
        this.model = model;
        this.voice = voice;
        this.onOver = onOver;
    }

    boolean isSent() {
        return sent;
    }

    /// Whether caller and assistant take turns.
    boolean isOver() {
        return over;
    }

    void callerSpeaks(boolean speaks) {
        earlySpeech = speaks;
        takeTurnsIfHeard();
    }

    void onAudioSent() {
        if (!sent) {
            sent = true;
            timers.after(HEARD_AFTER.plusMillis(voice.millisBeforeNewest()), this::countsAsHeard);
        }
    }

    /// Its own, not that of a recorded sentence before it.
    void onAudioHeard() {
        heard = sent;
        takeTurnsIfHeard();
    }

    /// An answer is complete: one that had no sound is a greeting nobody can wait for.
    void onAnswerComplete() {
        if (!sent) {
            countsAsHeard();
        }
    }

    private void countsAsHeard() {
        heard = true;
        earlySpeech = false;
        takeTurnsIfHeard();
    }

    private void takeTurnsIfHeard() {
        if (!over && heard && !earlySpeech) {
            over = true;
            model.takeTurns();
            onOver.run();
        }
    }
}
