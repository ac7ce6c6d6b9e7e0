package org.telephonystack.stream.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.telephonystack.model.EndReason;
import org.telephonystack.model.ticket.StreamTicket;
import org.telephonystack.stream.call.CallContextLookup.Answer;
import org.telephonystack.stream.call.CallContextLookup.Earlier;
import org.telephonystack.stream.call.ModelBrief.Speaker;
import org.telephonystack.stream.call.ModelBrief.Spoken;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

class TakingUpTest {

    private static final CallContext SO_FAR =
            new CallContext(
                    TestCall.JANE.client(),
                    List.of(),
                    List.of(),
                    Optional.empty(),
                    List.of(
                            new Spoken(Speaker.ASSISTANT, "How can I help?"),
                            new Spoken(Speaker.CALLER, "A cleaning on Tuesday."),
                            new Spoken(Speaker.NOTE, "create_booking answered success.")));

    @Test
    void aCallThatIsTakenUpKnowsWhatWasSaidAndSaysOneShortSentence() {
        var call = takenUp();
        call.lookup.complete(new Answer.Found(SO_FAR));
        call.model(new ModelEvent.Ready());

        assertThat(call.wire)
                .containsSubsequence(
                        "model configure Jane",
                        "model told ASSISTANT: How can I help?",
                        "model told CALLER: A cleaning on Tuesday.",
                        "model told NOTE: create_booking answered success.",
                        "model respond GREETING");
        assertThat(call.wire(line -> line.startsWith("model note ")).getFirst())
                .contains("\"I'm sorry, the line dropped for a moment.\"", "Do not greet");
        assertThat(call.events(CallEvent.TakenUp.class))
                .containsExactly(new CallEvent.TakenUp(2, 3));
        assertThat(call.events(CallEvent.GreetingTriggered.class)).isEmpty();
    }

    @Test
    void theLongestCallCountsFromTheFirstOfItsStreams() {
        var call = takenUp();
        Duration earlier = CallSettings.DEFAULTS.longestCall().minusSeconds(10);
        call.lookup.complete(
                new Answer.Found(SO_FAR, new Earlier(Optional.empty(), earlier, List.of())));
        call.model(new ModelEvent.Ready());
        call.answers("r1", 200);
        call.heardEverything();

        call.time.pass(Duration.ofSeconds(9));
        assertThat(call.wire(line -> line.contains("longest time"))).isEmpty();
        call.time.pass(Duration.ofSeconds(1));

        assertThat(call.wire(line -> line.contains("longest time"))).hasSize(1);
    }

    /// The answer of a slow database comes when the conversation has begun.
    @Test
    void aCallThatIsFoundLateToHaveLastedLongEnoughIsEnded() {
        var call = takenUp();
        call.time.passMillis(800);
        call.model(new ModelEvent.Ready());
        call.answers("r1", 200);
        call.heardEverything();

        call.lookup.complete(
                new Answer.Found(
                        SO_FAR,
                        new Earlier(
                                Optional.empty(),
                                CallSettings.DEFAULTS.longestCall().plusMinutes(5),
                                List.of())));
        call.time.passMillis(1);

        assertThat(call.wire(line -> line.contains("longest time"))).hasSize(1);
    }

    @Test
    void aCallThatWasCutOffBeforeAWordWasHeardIsGreeted() {
        var call = takenUp();
        call.lookup.complete(new Answer.Found(TestCall.JANE));
        call.model(new ModelEvent.Ready());

        assertThat(call.wire(line -> line.startsWith("model note "))).isEmpty();
        assertThat(call.events(CallEvent.GreetingTriggered.class)).hasSize(1);
    }

    @Test
    void whereNothingCanBeLookedUpTheCallerIsAskedWhatItWasAbout() {
        var call = takenUp();
        call.lookup.completeExceptionally(new IllegalStateException("no database"));
        call.model(new ModelEvent.Ready());

        assertThat(call.wire(line -> line.startsWith("model note ")).getFirst())
                .contains("the line dropped", "ask in one short sentence how you can help");
    }

    @Test
    void whatWasSaidIsWorthWaitingForALittleLonger() {
        var call = takenUp();

        call.time.passMillis(749);
        call.lookup.complete(new Answer.Found(SO_FAR));

        assertThat(call.wire).contains("model told ASSISTANT: How can I help?");
    }

    /// The one who decides what comes after a stream may have been silent, and the call was connected again by default.
    @ParameterizedTest
    @EnumSource(
            value = EndReason.class,
            names = {"ASSISTANT_ENDED", "CALLER_SILENT", "TRANSFER", "VOICEMAIL"})
    void anEndThatWasPlannedOnAnEarlierStreamIsCarriedOutWithoutAWord(EndReason planned) {
        var call = takenUp();
        call.lookup.complete(ended(planned));
        call.model(new ModelEvent.Ready());
        call.time.pass(Duration.ofMinutes(1));

        assertThat(call.wire)
                .containsExactly(
                        "model connect",
                        "lookup",
                        "model close",
                        "journal ended " + planned,
                        "caller close " + planned);
        assertThat(call.events(CallEvent.Ended.class))
                .extracting(CallEvent.Ended::reason)
                .containsExactly(planned);
        assertThat(call.events(CallEvent.TakenUp.class)).isEmpty();
        assertThat(call.time.runningTimers()).isZero();
    }

    /// Whoever is connected again has not hung up, and another model may be found.
    @ParameterizedTest
    @EnumSource(
            value = EndReason.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"ASSISTANT_ENDED", "CALLER_SILENT", "TRANSFER", "VOICEMAIL"})
    void anEndThatWasNotTheCallsLastWordIsNot(EndReason lost) {
        var call = takenUp();
        call.lookup.complete(ended(lost));
        call.model(new ModelEvent.Ready());

        assertThat(call.wire).contains("model configure Jane", "model respond GREETING");
    }

    @Test
    void aPlannedEndThatIsKnownLateIsCarriedOutAllTheSame() {
        var call = takenUp();
        call.time.passMillis(750);
        call.model(new ModelEvent.Ready());
        call.lookup.complete(ended(EndReason.TRANSFER));

        assertThat(call.wire)
                .containsSubsequence(
                        "model respond GREETING",
                        "journal ended TRANSFER",
                        "caller close TRANSFER");
    }

    @Test
    void theSentenceIsOneOfTheBusinesssLanguage() {
        assertThat(TakingUp.firstWords(Optional.of("es"), true)).contains("se cortó");
        assertThat(TakingUp.firstWords(Optional.of("sv"), true))
                .contains("in the language of the business");
    }

    @Test
    void theFixedLineOfAnEmergencyThatWasNotHeardToItsEndIsOwedByTheNextStream() {
        var call = takenUp();
        call.lookup.complete(
                found(
                        new Spoken(Speaker.CALLER, "My husband is not breathing!"),
                        new Spoken(Speaker.ASSISTANT, "If this is an")));
        call.model(new ModelEvent.Ready());

        assertThat(call.wire).containsSubsequence(owed(call).getFirst(), "model respond GREETING");
        call.model(new ModelEvent.NoteTaken());
        call.model(new ModelEvent.NoteTaken());
        call.answers("r1", 500);
        call.heardEverything();
        call.model(new ModelEvent.CallerTranscript("u1", "He is not breathing!"));

        assertThat(owed(call)).hasSize(1);
        assertThat(call.wire(line -> line.startsWith("model respond"))).hasSize(1);
    }

    @Test
    void theFixedLineThatWasHeardOnAnEarlierStreamIsNotSaidAgain() {
        var call = takenUp();
        call.lookup.complete(
                found(
                        new Spoken(Speaker.CALLER, "My husband is not breathing!"),
                        new Spoken(
                                Speaker.ASSISTANT,
                                "If this is an emergency, please hang up now and call 911; they can help you right away."),
                        new Spoken(Speaker.CALLER, "I said he is not breathing.")));
        call.model(new ModelEvent.Ready());

        assertThat(owed(call)).isEmpty();
    }

    private static List<String> owed(TestCall call) {
        return call.wire(line -> line.startsWith("model note ") && line.contains("call 911"));
    }

    private static Answer found(Spoken... soFar) {
        return new Answer.Found(
                new CallContext(
                        TestCall.JANE.client(),
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        List.of(soFar)));
    }

    private static Answer ended(EndReason reason) {
        return new Answer.Found(SO_FAR, new Earlier(Optional.of(reason), Duration.ZERO, List.of()));
    }

    private static TestCall takenUp() {
        var call = new TestCall(CallSettings.DEFAULTS, StreamTicket.Kind.RESUME);
        call.session.begin();
        return call;
    }
}
