package org.telephonystack.e2e;

import static org.telephonystack.simulator.script.ModelStep.call;
import static org.telephonystack.simulator.script.ModelStep.say;
import static org.telephonystack.simulator.script.ModelStep.sayScriptOf;

import org.telephonystack.simulator.phone.AfterLoss;
import org.telephonystack.simulator.phone.CallEvent;
import org.telephonystack.simulator.phone.CallRecord;
import org.telephonystack.simulator.phone.CallerPlan;
import org.telephonystack.simulator.phone.SimulatedCaller;
import org.telephonystack.simulator.script.ModelQuirk;
import org.telephonystack.simulator.script.ModelScript;
import org.telephonystack.simulator.sound.Clips;
import org.telephonystack.simulator.world.World;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;

/// One caller in the middle of a conversation, for tests in which something breaks under it.
final class Talk {

    /// Takes nine seconds.
    static final List<String> LONG_ANSWER =
            List.of(
                    "I don't see any free appointment.",
                    "I can't do that myself.",
                    "Would you like to speak with a team member?",
                    "I don't see any open support tickets for your number.",
                    "Shall I text you our booking link?");

    private static final Clips CLIPS = Clips.caller();
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final SimulatedCaller caller;
    private final String number;

    private Talk(World world, AfterLoss whenLost) {
        this.number = Calls.newNumber();
        world.model().script(number, script());
        this.caller = new SimulatedCaller(world.dial(CallerPlan.from(number)));
        caller.call().whenLost(whenLost);
    }

    /// A caller who has heard the greeting.
    static List<Talk> begin(World world, int count, AfterLoss whenLost) {
        List<Talk> talks =
                IntStream.range(0, count).mapToObj(_ -> new Talk(world, whenLost)).toList();
        together(talks, Talk::hearsAnswer);
        return talks;
    }

    /// A model that goes on where it was when the call is taken up again, whatever that was: tools are asked for once more.
    private static ModelScript script() {
        return ModelScript.greeting(say("Hello there, thank you for calling. How can I help you?"))
                .onHearing(
                        "book",
                        say("One moment, please."),
                        call("check_schedule", Map.of("service", "cleaning")),
                        sayScriptOf("check_schedule"))
                .onHearing("yes", booking())
                .onHearing("yes", booking())
                .onHearing("catch that", say(String.join(" ", LONG_ANSWER)))
                .onHearing("wait a moment", say("Of course. What would you like to know?"))
                .onHearing("wait a moment", say("Of course. What would you like to know?"))
                .onHearing(
                        "thank",
                        say("Thank you for calling. Goodbye!"),
                        call("end_call", Map.of("reason", "the caller said goodbye")))
                .with(ModelQuirk.GOES_ON);
    }

    private static org.telephonystack.simulator.script.ModelStep[] booking() {
        return new org.telephonystack.simulator.script.ModelStep[] {
            call("create_booking", Map.of("time", "${check_schedule.slot}", "service", "cleaning")),
            sayScriptOf("create_booking")
        };
    }

    /// Each of them at the same time; done when all are.
    static void together(List<Talk> talks, Function<Talk, CompletableFuture<?>> step) {
        all(talks.stream().map(step).toList());
    }

    static void all(List<? extends CompletableFuture<?>> steps) {
        CompletableFuture.allOf(steps.toArray(CompletableFuture[]::new))
                .orTimeout(LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    void whenLost(AfterLoss what) {
        caller.call().whenLost(what);
    }

    String number() {
        return number;
    }

    String callSid() {
        return caller.call().callSid();
    }

    CompletableFuture<Void> says(String clip) {
        return caller.say(CLIPS.get(clip));
    }

    CompletableFuture<Void> hearsAnswer() {
        return caller.waitForAssistantToFinish(Calls.PATIENCE);
    }

    CompletableFuture<Void> saysAndHearsAnswer(String clip) {
        return says(clip).thenCompose(_ -> hearsAnswer());
    }

    /// Until the assistant is in the middle of an answer to the last words.
    CompletableFuture<Void> hearsTheBeginningOfAnAnswer() {
        return caller.waitForAssistantToSpeak(Duration.ofMillis(300));
    }

    /// The caller says goodbye, over whatever the assistant says, and it ends the call.
    CompletableFuture<CallRecord> takesLeave() {
        return says("thanks").thenCompose(_ -> caller.call().settled());
    }

    CompletableFuture<CallRecord> settled() {
        return caller.call().settled();
    }

    CompletableFuture<CallRecord> hangsUp() {
        return caller.hangUp().thenCompose(_ -> caller.call().settled());
    }

    /// The assistant's first sound on another stream than the first.
    CompletableFuture<CallEvent> hearsTheAssistantAgain() {
        return streamStarted(2)
                .thenCompose(started ->
                        caller.call()
                                .await(event ->
                                        event.is(CallEvent.Kind.ASSISTANT_SPEAKS)
                                                && event.atMillis() >= started.atMillis()));
    }

    /// What happened so far: a place to measure from.
    int events() {
        return caller.call().events().size();
    }

    /// The assistant's first sound after that place which comes after a silence: of at least so long where it broke off itself,
    /// of any length after the caller's own words.
    ///
    /// @return how long the silence was, in milliseconds
    CompletableFuture<Long> hearsAWordAfterSilence(int place, Duration atLeast) {
        int[] left = {place};
        long[] quietSince = {-1};
        boolean[] callerSpokeLast = {false};
        long[] silence = {0};
        return caller.call()
                .await(event -> {
                    boolean counts = --left[0] < 0;
                    switch (event.kind()) {
                        case CALLER_SILENT, ASSISTANT_SILENT -> {
                            callerSpokeLast[0] = event.is(CallEvent.Kind.CALLER_SILENT);
                            quietSince[0] = event.atMillis();
                        }
                        case ASSISTANT_SPEAKS -> {
                            silence[0] = event.atMillis() - quietSince[0];
                            return counts
                                    && quietSince[0] >= 0
                                    && (callerSpokeLast[0] || silence[0] >= atLeast.toMillis());
                        }
                        default -> {}
                    }
                    return false;
                })
                .thenApply(_ -> silence[0]);
    }

    /// From the beginning of the first stream to the assistant's first sound.
    CompletableFuture<Long> greetedAfterMillis() {
        return caller.call()
                .await(CallEvent.Kind.STREAM_STARTED)
                .thenCombine(
                        caller.call().await(CallEvent.Kind.ASSISTANT_SPEAKS),
                        (started, spoke) -> spoke.atMillis() - started.atMillis());
    }

    private CompletableFuture<CallEvent> streamStarted(int number) {
        int[] left = {number};
        return caller.call()
                .await(event -> event.is(CallEvent.Kind.STREAM_STARTED) && --left[0] == 0);
    }

    /// From the end of the first stream to the assistant's first sound on the next.
    static long silenceMillis(CallRecord record) {
        long lost = -1;
        boolean again = false;
        for (CallEvent event : record.events()) {
            if (lost < 0 && event.is(CallEvent.Kind.STREAM_ENDED)) {
                lost = event.atMillis();
            } else if (lost >= 0 && event.is(CallEvent.Kind.STREAM_STARTED)) {
                again = true;
            } else if (again && event.is(CallEvent.Kind.ASSISTANT_SPEAKS)) {
                return event.atMillis() - lost;
            }
        }
        throw new AssertionError("the assistant was not heard again: " + record.events());
    }
}
