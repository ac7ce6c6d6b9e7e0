package org.telephonystack.stream.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.telephonystack.model.tool.ToolResult;
import org.telephonystack.stream.call.CallEvent.ModelAnswered;
import org.telephonystack.stream.call.ModelEvent.Status;

import java.time.Duration;
import java.util.List;
import java.util.Map;

class ModelTimeTest {

    @Test
    void countsFromTheEndOfTheCallersSpeechToTheFirstSound() {
        var call = greeted();

        call.callerSpeaks();
        call.time.passMillis(900);
        call.callerStops();
        call.time.passMillis(300);
        call.created("r1");
        call.time.passMillis(400);
        call.speaks("r1", "i1", 200);
        call.time.passMillis(100);
        call.speaks("r1", "i1", 200);

        assertThat(answered(call)).containsExactly(took(700));
    }

    @Test
    void ofAGreetingCountsFromOurOrder() {
        var call = TestCall.ready();

        call.time.passMillis(250);
        call.created("greeting");
        call.speaks("greeting", "i1", 200);

        assertThat(answered(call)).containsExactly(took(250));
    }

    @Test
    void isNotWhatAToolTakes() {
        var call = greeted();
        call.callerSpeaks();
        call.callerStops();
        call.created("r1");
        call.asksFor("r1", "t1", "check_schedule");
        call.done("r1", Status.COMPLETED);

        call.time.passMillis(2_000);
        call.toolAnswer("t1").complete(ToolResult.success("At three.", Map.of()));
        call.time.passMillis(150);
        call.created("r2");
        call.speaks("r2", "i2", 200);

        assertThat(answered(call)).containsExactly(took(150));
    }

    @Test
    void ofAModelThatIsAskedAgainCountsFromTheFirstTime() {
        var call = greeted();
        call.callerSpeaks();
        call.callerStops();
        call.passesWithSignsOfLife(5_500);
        call.created("r1");
        call.speaks("r1", "i1", 200);

        assertThat(answered(call)).containsExactly(took(5_500));
    }

    @Test
    void ofACallerWhoGoesOnSpeakingBeginsAnew() {
        var call = greeted();
        call.callerSpeaks();
        call.callerStops();
        call.time.passMillis(600);
        call.callerSpeaks();
        call.time.passMillis(600);
        call.callerStops();
        call.time.passMillis(80);
        call.created("r1");
        call.speaks("r1", "i1", 200);

        assertThat(answered(call)).containsExactly(took(80));
    }

    @Test
    void namesTheEndpointThatSpoke() {
        var call = greeted();
        call.callerSpeaks();
        call.callerStops();
        call.time.passMillis(600);
        call.lost("close_1006");
        call.model(new ModelEvent.Ready());
        call.time.passMillis(90);
        call.created("r1");
        call.speaks("r1", "i1", 200);

        assertThat(answered(call))
                .containsExactly(new ModelAnswered("fake2", Duration.ofMillis(90)));
    }

    private static TestCall greeted() {
        var call = TestCall.greeted();
        call.events.clear();
        return call;
    }

    private static List<ModelAnswered> answered(TestCall call) {
        return call.events(ModelAnswered.class);
    }

    private static ModelAnswered took(long millis) {
        return new ModelAnswered("fake1", Duration.ofMillis(millis));
    }
}
