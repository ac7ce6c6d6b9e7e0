package org.telephonystack.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.telephonystack.simulator.script.ModelStep.say;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.telephonystack.simulator.model.ModelConnection;
import org.telephonystack.simulator.model.ModelEvent;
import org.telephonystack.simulator.phone.CallEvent;
import org.telephonystack.simulator.phone.CallRecord;
import org.telephonystack.simulator.script.CallerStep;
import org.telephonystack.simulator.script.ModelScript;
import org.telephonystack.simulator.world.World;

import java.time.Duration;
import java.util.List;

/// Two people on the telephone: they interrupt, speak too early and press keys.
@ExtendWith(Worlds.class)
class TalkIT {

    private static final CallerStep WAIT = new CallerStep.WaitForAssistant();
    private static final String LONG_ANSWER =
            "We are open Monday to Friday from nine to five, and on Saturday from ten to two. You can park behind the "
                    + "house, and the entrance is on Oak Street.";

    @Test
    void aCallerWhoInterruptsIsHeardAndTheModelLearnsHowMuchOfItsAnswerWasHeard(World world) {
        var calls = new Calls(world);
        String number = Calls.newNumber();
        ModelScript talks =
                ModelScript.greeting(say("Hello!"))
                        .onHearing("book", say(LONG_ANSWER))
                        .onHearing("wait", say("Of course."));

        CallRecord record =
                calls.play(
                        number,
                        talks,
                        WAIT,
                        new CallerStep.Say("book"),
                        new CallerStep.SayOver("interrupt", Duration.ofMillis(1500)),
                        WAIT,
                        new CallerStep.HangUp());

        assertThat(record.textsOf(CallEvent.Kind.CLEAR)).hasSize(1);
        ModelConnection model = world.model().connectionsOf(number).getFirst();
        List<ModelEvent> truncations = model.received("conversation.item.truncate");
        assertThat(truncations).hasSize(1);
        int told = truncations.getFirst().body().path("audio_end_ms").asInt();
        var turn =
                calls.rows(
                                "select heard_millis, spoken_millis, content from call_turns"
                                        + " where call_sid = ? and role = 'assistant' and interrupted",
                                record.callSid())
                        .getFirst();
        assertThat(Integer.parseInt(turn.get("heard_millis"))).isEqualTo(told);
        assertThat(told).isBetween(1_500, Integer.parseInt(turn.get("spoken_millis")) - 1);
        assertThat(LONG_ANSWER)
                .as("only what was heard is kept")
                .startsWith(turn.get("content").substring(0, 10));
        assertThat(turn.get("content").length()).isLessThan(LONG_ANSWER.length());
        assertThat(model.violations()).isEmpty();
    }

    @Test
    void anEarlyHelloDoesNotCostTheCallerTheGreeting(World world) {
        var calls = new Calls(world);
        String number = Calls.newNumber();

        CallRecord record =
                calls.play(
                        number,
                        ModelScript.greeting(
                                        say(
                                                "Hello there, thank you for calling. How can I help you?"))
                                .onHearing("bye", say("Goodbye!")),
                        new CallerStep.Say("hello"),
                        WAIT,
                        new CallerStep.Say("thanks"),
                        WAIT,
                        new CallerStep.HangUp());

        ModelConnection model = world.model().connectionsOf(number).getFirst();
        assertThat(model.turns().getFirst().said())
                .isEqualTo("Hello there, thank you for calling. How can I help you?");
        assertThat(model.turns().getFirst().status()).isEqualTo("completed");
        assertThat(record.textsOf(CallEvent.Kind.CLEAR))
                .as("the greeting was not cut off")
                .isEmpty();
        assertThat(model.violations()).isEmpty();
    }

    @Test
    void keysReachTheModelAsWordsAndNoLog(World world) {
        var calls = new Calls(world);
        String number = Calls.newNumber();

        CallRecord record =
                calls.play(
                        number,
                        ModelScript.greeting(say("Hello!")),
                        WAIT,
                        new CallerStep.Press("7"),
                        WAIT,
                        new CallerStep.HangUp());

        ModelConnection model = world.model().connectionsOf(number).getFirst();
        assertThat(model.received("conversation.item.create"))
                .anyMatch(event -> event.body().toString().contains("pressed the key 7"));
        assertThat(calls.logLines(record.callSid()))
                .isNotEmpty()
                .noneMatch(line -> line.toLowerCase(java.util.Locale.ROOT).contains("key 7"));
    }
}
