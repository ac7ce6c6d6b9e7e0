package org.telephonystack.simulator.script;

import org.telephonystack.simulator.phone.CallEnded;
import org.telephonystack.simulator.phone.CallRecord;
import org.telephonystack.simulator.phone.SimulatedCaller;
import org.telephonystack.simulator.sound.Clips;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/// Lets a caller do what a script says, on a thread of its own.
public final class ScriptedCaller {

    /// People leave about this much silence before they answer.
    private static final Duration SILENCE = Duration.ofMillis(700);

    private static final Executor READERS =
            task -> Thread.ofPlatform().name("call-over").daemon().start(task);

    private final SimulatedCaller caller;
    private final Clips clips = Clips.caller();

    private ScriptedCaller(SimulatedCaller caller) {
        this.caller = caller;
    }

    /// A call that ends before its script is through just ends.
    ///
    /// @param limit then the caller hangs up, whatever is left of the script
    /// @return when the call is over and every notification about it was answered; told on a thread that holds no line, since
    ///     other calls speak on this one's event loop
    public static CompletableFuture<CallRecord> play(
            SimulatedCaller caller, List<CallerStep> steps, Duration limit) {
        var scripted = new ScriptedCaller(caller);
        var over = new CompletableFuture<Void>();
        Thread.ofVirtual().name("caller").start(() -> scripted.play(steps, over));
        return over.completeOnTimeout(null, limit.toMillis(), TimeUnit.MILLISECONDS)
                .thenCompose(_ -> scripted.hangUp())
                .thenCompose(_ -> caller.call().settled())
                .thenApplyAsync(record -> record, READERS);
    }

    private void play(List<CallerStep> steps, CompletableFuture<Void> over) {
        try {
            steps.forEach(step -> start(step).join());
            over.complete(null);
        } catch (CompletionException e) {
            if (e.getCause() instanceof CallEnded) {
                over.complete(null);
            } else {
                over.completeExceptionally(e);
            }
        } catch (CallEnded _) {
            over.complete(null);
        } catch (RuntimeException e) {
            over.completeExceptionally(e);
        }
    }

    private CompletableFuture<?> start(CallerStep step) {
        return switch (step) {
            case CallerStep.WaitForAssistant _ -> caller.waitForAssistantToFinish(SILENCE);
            case CallerStep.Say(String clip) -> caller.say(clips.get(clip));
            case CallerStep.SayOver(String clip, Duration after) ->
                    caller.sayOver(clips.get(clip), after);
            case CallerStep.Pause(Duration length) -> caller.waitSilently(length);
            case CallerStep.Press(String digits) -> press(digits);
            case CallerStep.HangUp _ -> caller.hangUp();
            case CallerStep.HangUpMidSentence(String clip, Duration after) ->
                    caller.hangUpMidSentence(clips.get(clip), after);
            case CallerStep.HangUpOnAssistant(Duration after) -> caller.hangUpOnAssistant(after);
            case CallerStep.WaitForEnd _ -> caller.call().ended();
        };
    }

    private CompletableFuture<Void> press(String digits) {
        CompletableFuture<Void> pressed = CompletableFuture.completedFuture(null);
        for (int i = 0; i < digits.length(); i++) {
            char digit = digits.charAt(i);
            pressed = pressed.thenCompose(_ -> caller.press(digit));
        }
        return pressed;
    }

    private CompletableFuture<?> hangUp() {
        return caller.call().ended().isDone() ? caller.call().ended() : caller.hangUp();
    }
}
