package org.telephonystack.simulator.phone;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.telephonystack.simulator.script.CallerStep;
import org.telephonystack.simulator.script.ScriptedCaller;
import org.telephonystack.simulator.sound.Clips;

import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

class ScriptedCallerTest {

    private static final Vertx VERTX = Vertx.vertx();
    private static final Clips CLIPS = Clips.caller();

    private final OurSide ours = new OurSide(VERTX).connects();
    private final TelephoneNetwork network = new TelephoneNetwork(VERTX, ours.settings());

    @AfterEach
    void close() {
        network.close();
        ours.close();
    }

    @AfterAll
    static void stop() {
        VERTX.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void aScriptIsFollowedToItsEndAndTheCallerHangsUp() {
        String payload = Base64.getEncoder().encodeToString(CLIPS.get("hello").mulaw());
        ours.onMessage((socket, message) -> {
            if (message.at("/media/chunk").asText().equals("1")) {
                String sid = message.path("streamSid").asText();
                socket.writeTextMessage(
                        "{\"event\":\"media\",\"streamSid\":\""
                                + sid
                                + "\",\"media\":{\"payload\":\""
                                + payload
                                + "\"}}");
            }
        });

        CallRecord call =
                perform(
                        new CallerStep.WaitForAssistant(),
                        new CallerStep.Say("yes"),
                        new CallerStep.Press("5"),
                        new CallerStep.Pause(Duration.ofMillis(100)));

        assertThat(call.endedBy()).isEqualTo("caller");
        assertThat(CLIPS.findIn(call.callerSound()))
                .singleElement()
                .matches(found -> found.clip().name().equals("yes") && found.isWhole());
        assertThat(CLIPS.findIn(call.callerSound()).getFirst().atMillis())
                .isGreaterThan(call.heard(CLIPS).getFirst().atMillis());
        assertThat(ours.messages("dtmf"))
                .singleElement()
                .matches(message -> message.at("/dtmf/digit").asText().equals("5"));
    }

    @Test
    void aCallEndedByTheOtherSideEndsTheScript() {
        ours.answers("/voice-frontdoor", "<Say>Closed</Say>");

        CallRecord call = perform(new CallerStep.WaitForAssistant(), new CallerStep.Say("yes"));

        assertThat(call.endedBy()).isEqualTo("twiml");
        assertThat(CLIPS.findIn(call.callerSound())).isEmpty();
    }

    @Test
    void whoeverTakesTheirTimeOverTheRecordHoldsNoLine() {
        ours.answers("/voice-frontdoor", "<Say>Closed</Say>");

        Thread reader =
                play(new CallerStep.WaitForEnd())
                        .thenApply(_ -> Thread.currentThread())
                        .orTimeout(10, TimeUnit.SECONDS)
                        .join();

        assertThat(reader.getName()).doesNotContain("eventloop");
    }

    private CallRecord perform(CallerStep... steps) {
        return play(steps).orTimeout(20, TimeUnit.SECONDS).join();
    }

    private CompletableFuture<CallRecord> play(CallerStep... steps) {
        PhoneCall call = network.dial(CallerPlan.from(OurSide.CALLER));
        return ScriptedCaller.play(
                new SimulatedCaller(call), List.of(steps), Duration.ofSeconds(15));
    }
}
