package org.telephonystack.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.telephonystack.simulator.script.ModelStep.say;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.telephonystack.simulator.model.ModelConnection;
import org.telephonystack.simulator.model.ModelEvent;
import org.telephonystack.simulator.phone.CallRecord;
import org.telephonystack.simulator.phone.CallerPlan;
import org.telephonystack.simulator.script.CallerStep;
import org.telephonystack.simulator.script.ModelScript;
import org.telephonystack.simulator.sound.Clips;
import org.telephonystack.simulator.world.World;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What the model is told was heard of an interrupted answer is what the telephone has really played of it. Runs alone: it
/// measures milliseconds.
@Isolated
@ExtendWith(Worlds.class)
class BargeInIT {

    private static final String GREETING =
            "Hello there, thank you for calling. How can I help you?";
    private static final String TICKETS = "I don't see any open support tickets for your number.";
    private static final Duration MOST = Duration.ofMillis(60);
    private static final CallerStep WAIT = new CallerStep.WaitForAssistant();

    @Test
    void theModelLearnsToSixtyMillisecondsHowMuchWasHeard(World world) {
        var calls = new Calls(world);
        var soonAndLate =
                calls.start(
                        CallerPlan.from(Calls.newNumber()),
                        ModelScript.greeting(say("Hello!"))
                                .onHearing("book", say(GREETING))
                                .onHearing("wait", say(TICKETS))
                                .onHearing("wait", say(GREETING))
                                .onHearing("wait", say("Of course.")),
                        WAIT,
                        new CallerStep.Say("book"),
                        over(300),
                        over(800),
                        over(1_700),
                        WAIT,
                        new CallerStep.HangUp());
        var twoItems =
                calls.start(
                        CallerPlan.from(Calls.newNumber()),
                        ModelScript.greeting(say("Hello!"))
                                .onHearing("book", say(TICKETS), say(GREETING))
                                .onHearing("wait", say(GREETING), say(TICKETS))
                                .onHearing("wait", say("Of course.")),
                        WAIT,
                        new CallerStep.Say("book"),
                        over(600),
                        over(4_000),
                        WAIT,
                        new CallerStep.HangUp());

        List<Long> errors =
                Stream.of(Calls.done(soonAndLate), Calls.done(twoItems))
                        .flatMap(record -> errors(world, record).stream())
                        .toList();

        System.out.println("[Barge-in] told against played, in ms: " + errors);
        assertThat(errors).hasSizeGreaterThanOrEqualTo(6);
        var _ = new Waits(errors).below(MOST.plusMillis(1), MOST.plusMillis(1));
    }

    private static CallerStep over(int afterMillis) {
        return new CallerStep.SayOver("interrupt", Duration.ofMillis(afterMillis));
    }

    /// One for each item that was cut off, heard in part or not at all.
    private static List<Long> errors(World world, CallRecord record) {
        ModelConnection model = world.model().connectionsOf(record.from()).getFirst();
        var cutOff = new ArrayList<>(record.heard(Clips.of("assistant")));
        cutOff.removeIf(found ->
                found.isWhole() || !List.of(GREETING, TICKETS).contains(found.clip().text()));
        var errors = new ArrayList<Long>();
        for (ModelEvent truncation : model.received("conversation.item.truncate")) {
            String text = textOf(model, truncation.body().path("item_id").asText());
            long told = truncation.body().path("audio_end_ms").asLong();
            long played =
                    cutOff.stream()
                            .filter(found -> found.clip().text().equals(text))
                            .findFirst()
                            .filter(_ -> told > 0)
                            .map(found -> {
                                cutOff.remove(found);
                                return found.heardMillis();
                            })
                            .orElse(0L);
            System.out.println("[Barge-in] " + text + ": told " + told + " ms, played " + played);
            errors.add(Math.abs(told - played));
        }
        assertThat(cutOff).as("played in part, and the model was not told").isEmpty();
        return errors;
    }

    private static String textOf(ModelConnection model, String itemId) {
        return model.sent("response.output_audio_transcript.done").stream()
                .filter(event -> event.body().path("item_id").asText().equals(itemId))
                .map(event -> event.body().path("transcript").asText())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no words of " + itemId));
    }
}
