package org.telephonystack.stream.call;

import org.telephonystack.model.EndReason;

import java.time.Duration;
import java.util.function.Consumer;

/// Ends the call when the assistant has said goodbye *and the caller has heard it*. The model's wish to hang up comes while
/// its goodbye is still playing, and so does sometimes the caller's "one more thing", which calls it off.
final class Farewell {

    private enum State {
        NONE,
        /// The goodbye has not been said yet: it is the next answer.
        TO_BE_SAID,
        TO_BE_HEARD
    }

    private final AssistantVoice voice;
    private final CallTimers timers;
    private final Duration grace;
    private final Consumer<EndReason> over;
    private State state = State.NONE;
    private EndReason reason = EndReason.ASSISTANT_ENDED;
    private CallTime.Timer limit = () -> {};

    Farewell(AssistantVoice voice, CallTimers timers, Duration grace, Consumer<EndReason> over) {
        this.voice = voice;
        this.timers = timers;
        this.grace = grace;
        this.over = over;
    }

    /// @param why the call ends then
    void afterNextAnswer(EndReason why) {
        reason = why;
        state = State.TO_BE_SAID;
        limit.cancel();
    }

    void whenHeard(EndReason why) {
        reason = why;
        state = State.TO_BE_HEARD;
        // Marks can be lost; a line that is never closed would be worse than a goodbye cut short.
        limit.cancel();
        limit = timers.after(grace.plusMillis(voice.unheardMillis()), () -> over.accept(reason));
        check();
    }

    /// @param asksForMore whether tools run, or another answer is asked for: then this was not the last
    void onAnswerDone(boolean asksForMore) {
        if (state == State.TO_BE_SAID && !asksForMore) {
            whenHeard(reason);
        }
    }

    void check() {
        if (state == State.TO_BE_HEARD && !voice.isPlaying()) {
            state = State.NONE;
            limit.cancel();
            over.accept(reason);
        }
    }

    /// Nobody is going to say anything: a goodbye that broke off is not waited for.
    void onQuiet() {
        if (state == State.TO_BE_SAID) {
            whenHeard(reason);
        }
    }

    boolean isToBeSaid() {
        return state == State.TO_BE_SAID;
    }

    boolean isUnderWay() {
        return state != State.NONE;
    }

    /// The caller speaks. A goodbye is called off with that; a person or a recording that was promised comes all the same,
    /// after the next answer.
    void callOff() {
        boolean isPromised = reason == EndReason.TRANSFER || reason == EndReason.VOICEMAIL;
        state = isUnderWay() && isPromised ? State.TO_BE_SAID : State.NONE;
        limit.cancel();
    }
}
