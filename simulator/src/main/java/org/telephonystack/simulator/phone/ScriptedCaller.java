package org.telephonystack.simulator.phone;

import org.telephonystack.simulator.script.CallerStep;
import org.telephonystack.simulator.sound.Clips;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// A caller who follows a script, and hangs up when nothing is left to do.
public final class ScriptedCaller {

    private static final Duration QUIET = Duration.ofMillis(700);

    private final SimulatedCaller caller;
    private final Clips clips;

    /// @param clips the recorded sentences of `sound/caller`
    public ScriptedCaller(PhoneCall call, Clips clips) {
        this.caller = new SimulatedCaller(call);
        this.clips = clips;
    }

    /// @return the call after its end, whoever ended it; a script that the other side cut short is no failure
    public CompletableFuture<CallRecord> perform(List<CallerStep> steps) {
        CompletableFuture<Void> before = CompletableFuture.completedFuture(null);
        for (CallerStep step : steps) {
            before = before.thenCompose(_ -> perform(step));
        }
        return before.exceptionallyCompose(ScriptedCaller::unlessTheCallEnded)
                .thenCompose(_ -> caller.call().hangUp());
    }

    private CompletableFuture<Void> perform(CallerStep step) {
        return switch (step) {
            case CallerStep.WaitForAssistant() -> caller.waitForAssistantToFinish(QUIET);
            case CallerStep.Say(String clip) -> caller.say(clips.get(clip));
            case CallerStep.Pause(Duration length) -> caller.waitSilently(length);
            case CallerStep.SayOver(String clip, Duration after) ->
                    caller.sayOver(clips.get(clip), after);
            case CallerStep.Press(String digits) -> press(digits);
            case CallerStep.HangUp() -> done(caller.hangUp());
            case CallerStep.HangUpMidSentence(Duration after) ->
                    done(caller.hangUpOnAssistant(after));
            case CallerStep.WaitForEnd() -> done(caller.call().ended());
        };
    }

    private CompletableFuture<Void> press(String digits) {
        CompletableFuture<Void> before = CompletableFuture.completedFuture(null);
        for (int i = 0; i < digits.length(); i++) {
            char digit = digits.charAt(i);
            before =
                    before.thenCompose(_ -> caller.press(digit))
                            .thenCompose(_ -> caller.waitSilently(Duration.ofMillis(200)));
        }
        return before;
    }

    private static CompletableFuture<Void> unlessTheCallEnded(Throwable failure) {
        boolean ended = failure instanceof CallEnded || failure.getCause() instanceof CallEnded;
        return ended
                ? CompletableFuture.completedFuture(null)
                : CompletableFuture.failedFuture(failure);
    }

    private static CompletableFuture<Void> done(CompletableFuture<CallRecord> ended) {
        return ended.thenAccept(_ -> {});
    }
}
