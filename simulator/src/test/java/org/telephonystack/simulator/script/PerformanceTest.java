package org.telephonystack.simulator.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.telephonystack.simulator.script.ModelStep.call;
import static org.telephonystack.simulator.script.ModelStep.say;
import static org.telephonystack.simulator.script.ModelStep.sayScriptOf;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.telephonystack.simulator.sound.Clips;

import java.util.List;
import java.util.Map;

class PerformanceTest {

    private final Performance performance = new Performance(Scenarios.booking("Maria"));

    @Test
    void theGreetingComesFirstWhateverIsSaid() {
        assertThat(performance.onCaller("Hello?", false))
                .containsExactly(say("Hello Maria, thank you for calling. How can I help you?"));
    }

    @Test
    void aCallOfAToolEndsTheResponseAndItsResultGoesOn() {
        performance.onRequest();

        assertThat(performance.onCaller("I'd like to book a cleaning", false))
                .containsExactly(
                        say("One moment, please."),
                        call("check_schedule", Map.of("service", "cleaning")));
        performance.toolReturned("check_schedule", Map.of("script", "At 3?", "slot", "T15:00"));
        assertThat(performance.onToolResults()).containsExactly(say("At 3?"));
        assertThat(performance.onCaller("Yes!", false))
                .containsExactly(
                        call("create_booking", Map.of("time", "T15:00", "service", "cleaning")));
        assertThat(performance.problems()).isEmpty();
    }

    @Test
    void aCallerWhoSpeaksWhileAToolWorksIsAskedToWaitAndTheResultIsStillTold() {
        performance.onRequest();
        performance.onCaller("book", false);

        assertThat(performance.onCaller("are you still there?", false))
                .containsExactly(say("One moment, please."));
        performance.toolReturned("check_schedule", Map.of("script", "At 3?"));
        assertThat(performance.onToolResults()).containsExactly(say("At 3?"));
    }

    @Test
    void aFieldNoToolReturnedIsAProblemOfTheScript() {
        var script = ModelScript.greeting(sayScriptOf("check_schedule"));
        var playing = new Performance(script);

        assertThat(playing.onRequest()).containsExactly(say(""));
        assertThat(playing.problems())
                .containsExactly("${check_schedule.script} was never returned");
    }

    @Test
    void whoIsAskedAgainRepeatsWithoutTheFault() {
        var playing =
                new Performance(ModelScript.greeting(new ModelStep.DropMidAnswer("Hello", true)));
        playing.onRequest();

        assertThat(playing.onRequest()).containsExactly(say("Hello"));
    }

    @ParameterizedTest
    @MethodSource("org.telephonystack.simulator.script.Scenarios#all")
    void everyScenarioUsesRecordedSentencesThatItsModelUnderstands(Scenario scenario) {
        for (Scenario.Part part : scenario.parts()) {
            List<String> hearing =
                    part.model().answers().stream().map(ModelScript.Answer::hearing).toList();
            for (CallerStep step : part.caller()) {
                if (step instanceof CallerStep.Say(String clip)) {
                    String text =
                            Clips.caller().get(clip).text().toLowerCase(java.util.Locale.ROOT);
                    assertThat(hearing).anyMatch(text::contains);
                }
            }
        }
    }

    @Test
    void scenariosAreFoundByName() {
        assertThat(Scenarios.named("slot-taken").orElseThrow().parts()).hasSize(2);
        assertThat(Scenarios.named("nothing")).isEmpty();
    }
}
