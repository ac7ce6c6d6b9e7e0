package org.telephonystack.stream.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.telephonystack.stream.call.ModelEvent.Trouble;

import java.time.Duration;

/// A connection of [TestCall] lives for an hour, and is replaced five minutes before that.
class RotationTest {

    private static final CallSettings LONG =
            new CallSettings(
                    CallSettings.DEFAULTS.lookupLimit(),
                    CallSettings.DEFAULTS.earlyAudio(),
                    CallSettings.DEFAULTS.answerWithin(),
                    CallSettings.DEFAULTS.audioWithin(),
                    CallSettings.DEFAULTS.toolDeadline(),
                    CallSettings.DEFAULTS.toolChain(),
                    CallSettings.DEFAULTS.farewellGrace(),
                    CallSettings.DEFAULTS.journalLimit(),
                    CallSettings.DEFAULTS.connectLimit(),
                    Duration.ofHours(5),
                    Duration.ofHours(5),
                    CallSettings.DEFAULTS.handOverWithin(),
                    CallSettings.DEFAULTS.cutsOffClaims(),
                    CallSettings.DEFAULTS.reconnect());

    @Test
    void aConnectionIsReplacedBeforeItExpiresAndNobodyNotices() {
        var call = greeted();
        call.time.pass(Duration.ofMinutes(55).minusMillis(1));
        assertThat(call.wire).isEmpty();

        call.time.passMillis(1);
        assertThat(call.wire)
                .containsExactly(
                        "model connect",
                        "model configure Jane",
                        "model told ASSISTANT: Hi Jane, how can I help?");
        call.wire.clear();
        call.model(new ModelEvent.Ready());

        assertThat(call.wire).containsExactly("model close", "model takeTurns");
        assertThat(call.events(CallEvent.ModelReplaced.class))
                .containsExactly(
                        new CallEvent.ModelReplaced("fake1", "fake2", "expires", Duration.ZERO));
        call.wire.clear();
        call.callerAudio("AAAA");
        assertThat(call.wire).contains("model hear AAAA");
    }

    @Test
    void nobodyIsInterruptedForIt() {
        var call = greeted();
        call.callerSpeaks();
        call.time.pass(Duration.ofMinutes(55));
        assertThat(call.connections).hasSize(1);

        call.callerStops();
        call.answers("r1", 200);
        assertThat(call.connections).hasSize(1);
        call.heardEverything();

        assertThat(call.connections).hasSize(2);
    }

    @Test
    void aConnectionThatIsReadyInTheMiddleOfASentenceWaitsForNobody() {
        var call = greeted();
        call.time.pass(Duration.ofMinutes(55));
        VoiceModelEvents first = call.connections.getFirst();
        first.on(new ModelEvent.CallerSpeechStarted());

        call.connections.getLast().on(new ModelEvent.Ready());

        assertThat(call.wire).endsWith("model close 2");
        first.on(new ModelEvent.CallerSpeechStopped());
        first.on(new ModelEvent.CallerItem("u1"));
        first.on(new ModelEvent.CallerTranscript("u1", "Hm."));
        first.on(new ModelEvent.ResponseCreated("r1"));
        first.on(
                new ModelEvent.ResponseDone(
                        "r1", ModelEvent.Status.CANCELLED, ModelEvent.Usage.NONE));
        assertThat(call.wire).endsWith("model told CALLER: Hm.");
    }

    @Test
    void whatTheOldModelSaidIsNotTruncatedAtTheNewOneThoughItsMarksWereLost() {
        var call = greeted();
        call.callerStops();
        call.answers("r1", 400);
        call.passes(Duration.ofMinutes(55).toMillis());
        VoiceModelEvents first = call.connections.getFirst();
        first.on(new ModelEvent.CallerTranscript("u1", "Hm."));
        call.model(new ModelEvent.Ready());
        call.model(new ModelEvent.Ready());
        call.callerSpeaks();

        assertThat(call.events(CallEvent.ModelReplaced.class)).hasSize(1);
        assertThat(call.wire(line -> line.startsWith("model truncate"))).isEmpty();
        assertThat(call.turns).extracting(CallJournal.Turn::text).contains("Words of r1");
    }

    @Test
    void wordsThatAreNeverWrittenDownDoNotKeepTheOldConnection() {
        var call = greeted();
        call.callerStops();
        call.model(new ModelEvent.CallerItem("u1"));
        call.answers("r1", 400);
        call.heardEverything();

        call.time.pass(Duration.ofMinutes(56));

        assertThat(call.connections).hasSize(2);
    }

    @Test
    void aReplacementThatFailsCostsNothingAndIsTriedAgain() {
        var call = greeted();
        call.time.pass(Duration.ofMinutes(55));
        call.model(new ModelEvent.Lost(Trouble.PASSING, "http_503"));

        assertThat(call.connections).hasSize(2);
        call.time.pass(Duration.ofSeconds(30));

        assertThat(call.connections).hasSize(3);
        assertThat(call.session.isOver()).isFalse();
    }

    @Test
    void whenTheOldConnectionGoesFirstItIsReplacedAsAnyOther() {
        var call = greeted();
        call.time.pass(Duration.ofMinutes(55));
        call.connections.getFirst().on(new ModelEvent.Lost(Trouble.PASSING, "session_expired"));

        assertThat(call.wire).contains("model close 2", "model connect again 1");
    }

    private static TestCall greeted() {
        var call = new TestCall(LONG);
        call.session.begin();
        call.lookup.complete(new CallContextLookup.Answer.Found(TestCall.JANE));
        call.model(new ModelEvent.Ready());
        call.answers("greeting", "Hi Jane, how can I help?", 200);
        call.heardEverything();
        call.wire.clear();
        return call;
    }
}
