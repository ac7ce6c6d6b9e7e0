package org.telephonystack.stream.call;

import org.telephonystack.model.EndReason;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
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
    private final BooleanSupplier isMoreToCome;
    private final Consumer<EndReason> over;
    private State state = State.NONE;
    private EndReason reason = EndReason.ASSISTANT_ENDED;
    private CallTime.Timer limit = () -> {};

    /// @param isMoreToCome whether something is under way that the caller must hear before the line closes: the result of a
    ///     tool, the correction of what the goodbye claimed, the fixed line of an emergency
    Farewell(
            AssistantVoice voice,
            CallTimers timers,
            Duration grace,
            BooleanSupplier isMoreToCome,
            Consumer<EndReason> over) {
        this.voice = voice;
        this.timers = timers;
        this.grace = grace;
        this.isMoreToCome = isMoreToCome;
        this.over = over;
    }

    /// @param why the call ends then
    void afterNextAnswer(EndReason why) {
        agreeOn(why);
        state = State.TO_BE_SAID;
        limit.cancel();
    }

    void whenHeard(EndReason why) {
        agreeOn(why);
        state = State.TO_BE_HEARD;
        watchForLostMarks();
    }

    /// Who was promised a person or a recording gets it, whoever says goodbye as well.
    private void agreeOn(EndReason why) {
        if (promised().isEmpty() || isPromise(why)) {
            reason = why;
        }
    }

    /// A line that is never closed would be worse than a goodbye cut short.
    private void watchForLostMarks() {
        limit.cancel();
        limit = timers.after(grace.plusMillis(voice.unheardMillis()), this::onLimit);
    }

    private void onLimit() {
        if (isMoreToCome.getAsBoolean()) {
            watchForLostMarks();
        } else {
            over.accept(reason);
        }
    }

    /// @param asksForMore whether tools run, or another answer is asked for: then this was not the last
    void onAnswerDone(boolean asksForMore) {
        if (state == State.TO_BE_SAID && !asksForMore) {
            whenHeard(reason);
        } else if (state == State.TO_BE_HEARD) {
            // It came after the goodbye, and is to be heard like it.
            watchForLostMarks();
        }
    }

    void check() {
        if (state == State.TO_BE_HEARD && !voice.isPlaying() && !isMoreToCome.getAsBoolean()) {
            state = State.NONE;
            limit.cancel();
            over.accept(reason);
        }
    }

    /// Nobody is going to say anything: a goodbye that broke off is not waited for.
    void onQuiet() {
        if (state == State.TO_BE_SAID) {
            whenHeard(reason);
            check();
        }
    }

    boolean isToBeSaid() {
        return state == State.TO_BE_SAID;
    }

    boolean isUnderWay() {
        return state != State.NONE;
    }

    /// What the call ends with however it ends: a person, a recording.
    Optional<EndReason> promised() {
        return isUnderWay() && isPromise(reason) ? Optional.of(reason) : Optional.empty();
    }

    private static boolean isPromise(EndReason reason) {
        return reason == EndReason.TRANSFER || reason == EndReason.VOICEMAIL;
    }

    /// The caller speaks, or presses a key. A goodbye is called off with that; a person or a recording that was promised comes all the same,
    /// after the next answer.
    void callOff() {
        state = promised().isPresent() ? State.TO_BE_SAID : State.NONE;
        limit.cancel();
    }
}
