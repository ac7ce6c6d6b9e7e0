package org.telephonystack.stream.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.telephonystack.model.tool.ToolResult;
import org.telephonystack.stream.call.ModelEvent.Status;
import org.telephonystack.stream.call.ModelEvent.Trouble;

import java.time.Duration;
import java.util.Map;

class ReconnectTest {

    private static final String ASK = "model respond ANSWER";
    private static final String FRAME = TestCall.audio(20);

    @Test
    void aCallInWhichNobodySpokeGoesOnWithoutAWord() {
        var call = TestCall.greeted();

        call.lost("close_1006");
        call.model(new ModelEvent.Ready());

        assertThat(call.wire)
                .containsExactly(
                        "model connect again 1",
                        "model configure Jane",
                        "model told ASSISTANT: Hi Jane, how can I help?",
                        "model takeTurns");
    }

    @Test
    void theNextModelIsAskedForTheAnswerThatTheCallerWaitsFor() {
        var call = TestCall.greeted();
        callerSays(call, "u1", "Do you have time on Tuesday?");

        call.lost("close_1006");
        call.model(new ModelEvent.Ready());

        assertThat(call.wire)
                .contains("model told CALLER: Do you have time on Tuesday?")
                .endsWith("model takeTurns", ASK);
    }

    @Test
    void aConnectionThatIsNotReadyHasHeardNobody() {
        var call = TestCall.greeted();
        callerSays(call, "u1", "Do you have time on Tuesday?");

        call.lost("close_1006");
        call.callerSpeaks();
        call.model(new ModelEvent.Ready());

        assertThat(call.wire).endsWith("model takeTurns", ASK);
    }

    /// The interrupted answer has not ended yet when the connection does.
    @Test
    void whoeverInterruptedIsAnsweredByTheNextModelToo() {
        var call = TestCall.greeted();
        callerSays(call, "u1", "What do you charge?");
        call.created("r1");
        call.speaks("r1", "a1", 400);
        callerSays(call, "u2", "Do you have time on Tuesday?");

        call.lost("close_1006");
        call.model(new ModelEvent.Ready());

        assertThat(call.wire)
                .contains("model told CALLER: Do you have time on Tuesday?")
                .endsWith("model takeTurns", ASK);
    }

    @Test
    void wordsThatWereLostAreAskedForAgain() {
        var call = TestCall.greeted();
        call.callerSpeaks();
        call.callerStops();
        call.model(new ModelEvent.CallerItem("u1"));

        call.lost("close_1006");
        call.model(new ModelEvent.Ready());

        assertThat(call.wire).endsWith("model note " + Outage.WORDS_LOST, ASK);
    }

    @Test
    void anAnswerThatBrokeOffIsFinishedAndWhatWasHeardOfItIsKnown() {
        var call = TestCall.greeted();
        callerSays(call, "u1", "When are you open?");
        call.created("r1");
        call.words("r1", "a1", "one two three four five six seven eight nine ten eleven twelve");
        call.speaks("r1", "a1", 2000);

        call.lost("close_1006");
        call.model(new ModelEvent.Ready());

        assertThat(call.wire(line -> line.contains("told ASSISTANT: one"))).hasSize(1);
        assertThat(call.wire.getLast()).isEqualTo(ASK);
        assertThat(call.wire(line -> line.startsWith("model note The line to you broke")))
                .hasSize(1);
        assertThat(call.wire).doesNotContain("caller clear");
        call.heardEverything();
        assertThat(call.turns.getLast().text())
                .startsWith("one two three")
                .doesNotEndWith("twelve");
    }

    @Test
    void theAnswerOfTheNextModelFollowsWhatIsStillPlaying() {
        var call = brokenOff();
        call.model(new ModelEvent.Ready());
        call.marks().subList(0, 6).forEach(call.session::onMark);
        call.wire.clear();

        call.answers("r2", 100);
        call.callerSpeaks();

        assertThat(call.wire)
                .contains("caller audio 800", "caller clear", "model truncate item-r2 0");
        assertThat(call.wire(line -> line.startsWith("model truncate a1"))).isEmpty();
        assertThat(call.wire(line -> line.startsWith("model note The caller interrupted you")))
                .hasSize(1);
    }

    @Test
    void aCallerWhoSpokeIntoTheBreakIsHeardOutAndNotInterrupted() {
        var call = TestCall.greeted();
        call.callerSpeaks();

        call.lost("close_1006");
        call.callerAudio(FRAME);
        call.model(new ModelEvent.Ready());
        assertThat(call.wire).endsWith("model takeTurns", "model hear " + FRAME);
        call.callerSpeaks();
        call.time.passMillis(1000);

        assertThat(call.wire).doesNotContain(ASK);
    }

    @Test
    void aCallerWhoseLastWordsFellIntoTheBreakIsAskedForThem() {
        var call = TestCall.greeted();
        call.callerSpeaks();

        call.lost("close_1006");
        call.model(new ModelEvent.Ready());
        call.time.passMillis(1000);

        assertThat(call.wire).endsWith("model note " + Outage.WORDS_LOST, ASK);
    }

    @Test
    void whoeverMayHaveSpokenIntoAConnectionThatWasDeadUnnoticedIsAskedToSayItAgain() {
        var call = TestCall.greeted();

        call.lost(ModelEvent.Lost.PING_UNANSWERED);
        call.model(new ModelEvent.Ready());
        call.time.passMillis(1000);

        assertThat(call.wire).endsWith("model note " + Outage.WORDS_LOST, ASK);
    }

    @Test
    void whoeverStillListensToAnAnswerIsNotAskedWhatTheySaid() {
        var call = TestCall.greeted();
        callerSays(call, "u1", "When are you open?");
        call.answers("r1", 4000);

        call.lost(ModelEvent.Lost.PING_UNANSWERED);
        call.model(new ModelEvent.Ready());
        call.time.passMillis(1000);

        assertThat(call.wire).endsWith("model takeTurns");
    }

    @Test
    void aSecondLossWithinTheSecondDoesNotForgetTheWordsLostInTheFirst() {
        var call = TestCall.greeted();
        call.callerSpeaks();
        call.lost("close_1006");
        call.time.passMillis(300);
        call.model(new ModelEvent.Ready());
        call.time.passMillis(900);

        call.lost("close_1006");
        call.time.passMillis(250);
        call.model(new ModelEvent.Ready());
        call.time.passMillis(999);
        assertThat(call.wire).doesNotContain(ASK);
        call.time.passMillis(1);

        assertThat(call.wire).endsWith("model note " + Outage.WORDS_LOST, ASK);
        call.answers("r1", 100);
        call.heardEverything();
        call.lost("close_1006");
        call.model(new ModelEvent.Ready());
        call.time.passMillis(1_000);
        assertThat(call.wire).endsWith("model takeTurns");
    }

    @Test
    void whoHasSpokenAgainBeforeASecondLossIsNotAskedForWhatWasLostInTheFirst() {
        var call = TestCall.greeted();
        call.callerSpeaks();
        call.lost("close_1006");
        call.model(new ModelEvent.Ready());
        callerSays(call, "u1", "Do you have time on Tuesday?");

        call.lost("close_1006");
        call.time.passMillis(250);
        call.model(new ModelEvent.Ready());
        call.time.passMillis(1_000);

        assertThat(call.wire).endsWith("model takeTurns", ASK);
    }

    @Test
    void whoWasAnsweredBeforeASecondLossIsNotAskedForWhatWasLostInTheFirst() {
        var call = TestCall.greeted();
        call.callerSpeaks();
        call.lost("close_1006");
        call.model(new ModelEvent.Ready());
        callerSays(call, "u1", "Do you have time on Tuesday?");
        call.answers("r1", 4_000);

        call.lost("close_1006");
        call.model(new ModelEvent.Ready());
        call.time.passMillis(1_000);

        assertThat(call.wire).endsWith("model takeTurns");
    }

    @Test
    void theNewestTwoSecondsOfTheCallerAreKept() {
        var call = TestCall.greeted();

        call.lost("close_1006");
        for (int frame = 0; frame < 150; frame++) {
            call.callerAudioAt(FRAME, frame * 20L);
        }
        call.model(new ModelEvent.Ready());

        assertThat(call.wire(line -> line.startsWith("model hear"))).hasSize(100);
        assertThat(call.events(CallEvent.CallerAudioDropped.class))
                .containsExactly(new CallEvent.CallerAudioDropped(1000));
    }

    @Test
    void whoeverMayHaveSpokenIntoABreakLongerThanWhatIsKeptIsAskedToSayItAgain() {
        var call = brokenFor(2_020);

        call.model(new ModelEvent.Ready());
        call.time.passMillis(1_000);

        assertThat(call.wire).endsWith("model note " + Outage.WORDS_LOST, ASK);
    }

    @Test
    void whoCouldOnlySpeakIntoWhatWasKeptIsNotAsked() {
        var call = brokenFor(2_000);

        call.model(new ModelEvent.Ready());
        call.time.passMillis(1_000);

        assertThat(call.wire).doesNotContain(ASK);
    }

    @Test
    void whoeverIsOwedAnAnswerGetsItAfterABreakHoweverLong() {
        var call = TestCall.greeted();
        callerSays(call, "u1", "Do you have time on Tuesday?");
        call.lost("close_1006");
        speaksFor(call, 3_000);

        call.model(new ModelEvent.Ready());

        assertThat(call.wire(line -> !line.startsWith("model hear"))).endsWith(ASK);
        assertThat(call.wire).doesNotContain("model note " + Outage.WORDS_LOST);
    }

    @Test
    void aToolThatRunsIsNotRunAgainAndItsResultIsTold() {
        var call = TestCall.greeted();
        callerSays(call, "u1", "Yes, please.");
        call.created("r1");
        call.asksFor("r1", "c1", "create_booking");
        call.done("r1", Status.COMPLETED);

        call.lost("close_1006");
        call.model(new ModelEvent.Ready());
        assertThat(call.wire.getLast()).contains("create_booking", "still at it");
        call.toolAnswer("c1").complete(ToolResult.success("Booked.", Map.of("id", 7)));

        assertThat(call.toolCalls).hasSize(1);
        assertThat(call.wire)
                .endsWith(
                        "model note You called create_booking, and our system answered {outcome=success, id=7, "
                                + "script=Booked.}.",
                        ASK)
                .doesNotContain("model answerTool c1 success");
    }

    @Test
    void aToolThatAnswersWhileNoModelServesIsKnownToTheNext() {
        var call = TestCall.greeted();
        call.callerStops();
        call.created("r1");
        call.asksFor("r1", "c1", "create_booking");
        call.done("r1", Status.COMPLETED);

        call.lost("close_1006");
        call.lost("http_503");
        call.toolAnswer("c1").complete(ToolResult.success("Booked.", Map.of()));
        call.time.passMillis(250);
        call.model(new ModelEvent.Ready());

        assertThat(call.wire(line -> line.contains("create_booking, and our system answered")))
                .hasSize(1);
        assertThat(call.wire.getLast()).isEqualTo(ASK);
    }

    @Test
    void aToolThatWasAskedForInAnAnswerWithoutEndIsNotRun() {
        var call = TestCall.greeted();
        call.callerStops();
        call.created("r1");
        call.asksFor("r1", "c1", "create_booking");

        call.lost("close_1006");
        call.model(new ModelEvent.Ready());

        assertThat(call.toolCalls).isEmpty();
        assertThat(call.wire.getLast()).isEqualTo(ASK);
    }

    /// Ids are the model's, and another connection may count anew.
    @Test
    void aCallOfTheNextModelMayHaveAnIdThatTheLastOneUsed() {
        var call = TestCall.greeted();
        call.callerStops();
        call.created("r1");
        call.asksFor("r1", "c1", "check_schedule");
        call.done("r1", Status.COMPLETED);
        call.toolAnswer("c1").complete(ToolResult.success("Three.", Map.of()));
        call.answers("r2", 100);
        call.heardEverything();
        call.lost("close_1006");
        call.model(new ModelEvent.Ready());
        call.toolAnswers.clear();
        call.callerStops();
        call.created("r1");

        call.asksFor("r1", "c1", "check_schedule");
        call.done("r1", Status.COMPLETED);

        assertThat(call.toolCalls).hasSize(2);
    }

    @Test
    void theGreetingIsSaidByTheNextModelWhereNothingWasHeardOfIt() {
        var call = TestCall.ready();
        call.wire.clear();

        call.lost("close_1006");
        call.model(new ModelEvent.Ready());

        assertThat(call.wire).endsWith("model configure Jane", "model respond GREETING");
    }

    @Test
    void aModelThatIsRefusedBeforeTheGreetingIsLookedForElsewhere() {
        var call = TestCall.begun();

        call.model(new ModelEvent.Lost(Trouble.LASTING, "http_401"));
        call.lookup.complete(new CallContextLookup.Answer.Found(TestCall.JANE));
        call.model(new ModelEvent.Ready());

        assertThat(call.wire).contains("model connect again 1").endsWith("model respond GREETING");
    }

    @Test
    void aFirstModelThatNeverGetsReadyCostsTheCallerTwoSecondsAndNotTheCall() {
        var call = TestCall.begun();
        call.lookup.complete(new CallContextLookup.Answer.Found(TestCall.JANE));
        call.time.passMillis(2_000);

        call.lost("not_ready");
        call.time.passMillis(2_000);
        call.lost("not_ready");
        call.time.passMillis(250);
        call.model(new ModelEvent.Ready());

        assertThat(call.wire)
                .contains("model connect again 1", "model connect again 2")
                .endsWith("model configure Jane", "model respond GREETING");
        call.time.passMillis(4_000);
        assertThat(call.session.isOver()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 300, 4_000})
    void aModelThatSaysNothingAtAllIsReplacedHoweverMuchItHasSaid(int spokenMillis) {
        var call = TestCall.greeted();
        call.callerStops();
        if (spokenMillis > 0) {
            call.created("r1");
            call.speaks("r1", "a1", spokenMillis);
        }

        call.time.passMillis(6_300);

        assertThat(call.toModel()).contains("model close", "model connect again 1");
        assertThat(call.events(CallEvent.ModelTrouble.class))
                .contains(new CallEvent.ModelTrouble(Trouble.PASSING, "stalled"));
    }

    /// A server says nothing while the caller speaks, though something is wanted of it.
    @Test
    void aCallerWhoTalksForEightSecondsOverALineThatIsOwedKeepsTheModelTheyTalkTo() {
        var call = TestCall.greeted();
        callerSays(call, "u1", "My husband is not breathing!");
        call.created("r1");
        call.done("r1", Status.CANCELLED);
        call.created("r2");
        call.callerSpeaks();
        call.done("r2", Status.CANCELLED);
        call.wire.clear();

        call.time.passMillis(8_000);
        assertThat(call.events(CallEvent.ModelTrouble.class)).isEmpty();
        call.callerStops();
        call.time.passMillis(6_300);

        assertThat(call.toModel()).contains("model close", "model connect again 1");
    }

    @Test
    void aModelThatDiesAfterAHelloBeforeTheGreetingIsReplacedAsSoonAsAnyOther() {
        var call = TestCall.ready();
        call.callerSpeaks();
        call.time.passMillis(1_300);
        call.callerStops();

        call.time.passMillis(6_300);

        assertThat(call.events(CallEvent.ModelTrouble.class))
                .contains(new CallEvent.ModelTrouble(Trouble.PASSING, "stalled"));
    }

    @Test
    void silenceThatWeOweIsFilledAfterASecondAndAHalfWhenNoModelServes() {
        var call = TestCall.greeted();
        call.callerStops();
        call.lost("close_1006");

        call.time.passMillis(1_499);
        assertThat(call.toCaller()).isEmpty();
        call.time.passMillis(1);

        assertThat(call.events(CallEvent.ClipPlayed.class)).hasSize(1);
        assertThat(call.toCaller()).isNotEmpty();
    }

    @Test
    void aCallerWhoWaitsOnHearsItAgainEveryFourSeconds() {
        var call = TestCall.greeted();
        call.callerStops();
        call.lost("close_1006");

        call.time.passMillis(1_500);
        call.heardEverything();
        call.time.passMillis(3_999);
        assertThat(call.events(CallEvent.ClipPlayed.class)).hasSize(1);
        call.time.passMillis(1);

        assertThat(call.events(CallEvent.ClipPlayed.class)).hasSize(2);
    }

    @Test
    void aModelThatDoesNotEvenBeginIsAsGoodAsNone() {
        var call = TestCall.greeted();
        call.callerStops();

        call.time.passMillis(1_499);
        assertThat(call.toCaller()).isEmpty();
        call.time.passMillis(1);

        assertThat(call.events(CallEvent.ClipPlayed.class)).hasSize(1);
    }

    @Test
    void aModelThatHasBegunAndSaysNothingIsGivenNoLonger() {
        var call = TestCall.greeted();
        call.callerStops();
        call.created("r1");

        call.time.passMillis(1_499);
        assertThat(call.toCaller()).isEmpty();
        call.time.passMillis(1);

        assertThat(call.events(CallEvent.ClipPlayed.class)).hasSize(1);
    }

    /// So little of it came that no mark was sent behind it.
    @Test
    void anAnswerThatBreaksOffAtItsFirstSoundIsFollowedByTheClip() {
        var call = TestCall.greeted();
        call.callerStops();
        call.created("r1");
        call.speaks("r1", "a1", 20);

        call.time.passMillis(1_600);

        assertThat(call.events(CallEvent.ClipPlayed.class)).hasSize(1);
    }

    @Test
    void aSilenceThatIsPromptedForIsFilledWhereTheModelStalls() {
        var call = TestCall.greeted();
        call.time.pass(CallSettings.DEFAULTS.callerSilence());
        assertThat(call.wire).endsWith("model respond WORDS_ONLY");

        call.time.passMillis(6_300);

        assertThat(call.events(CallEvent.ClipPlayed.class)).isNotEmpty();
        assertThat(call.toModel()).contains("model close", "model connect again 1");
    }

    @Test
    void aKeyThatWasPressedIsNotAnsweredWithSilence() {
        var call = TestCall.greeted();
        call.session.onDtmf("1");
        call.time.passMillis(2_000);

        call.time.passMillis(1_500);

        assertThat(call.events(CallEvent.ClipPlayed.class)).hasSize(1);
    }

    @Test
    void aHelloBeforeTheGreetingDoesNotMakeItsDelaySilent() {
        var call = TestCall.ready();
        call.callerSpeaks();
        call.callerStops();

        call.time.passMillis(1_500);

        assertThat(call.events(CallEvent.ClipPlayed.class)).hasSize(1);
    }

    @Test
    void silenceInTheMiddleOfAnAnswerIsFilledThoughItsModelIsNotKnownToBeGone() {
        var call = TestCall.greeted();
        call.callerStops();
        call.created("r1");
        // As many whole pieces: a mark stands behind the last of them.
        call.speaks("r1", "a1", 1599);
        call.heardEverything();

        listensFor(call, 3_000);
        assertThat(call.events(CallEvent.ClipPlayed.class)).isEmpty();
        listensFor(call, 500);

        assertThat(call.events(CallEvent.ClipPlayed.class)).hasSize(1);
    }

    @Test
    void whatIsStillPlayingIsHeardBeforeSilenceCounts() {
        var call = brokenOff();

        call.time.passMillis(2_500);
        assertThat(call.events(CallEvent.ClipPlayed.class)).isEmpty();
        call.heardEverything();
        call.time.passMillis(2_000);

        assertThat(call.events(CallEvent.ClipPlayed.class)).hasSize(1);
    }

    @Test
    void aCallerWhoIsOwedNothingHearsNothing() {
        var call = TestCall.greeted();

        call.lost("close_1006");
        call.time.passMillis(5_000);

        assertThat(call.toCaller()).isEmpty();
    }

    @Test
    void aRecordedSentenceIsInterruptedLikeAnyOtherAndNoItemOfTheModels() {
        var call = TestCall.greeted();
        call.callerStops();
        call.passesWithSignsOfLife(3_500);
        assertThat(call.events(CallEvent.ClipPlayed.class)).hasSize(1);

        call.callerSpeaks();

        assertThat(call.wire).contains("caller clear");
        assertThat(call.wire(line -> line.startsWith("model truncate"))).isEmpty();
        assertThat(call.turns).noneMatch(turn -> turn.text().isBlank());
    }

    @Test
    void attemptsGoOnWithGrowingPausesAndEndAfterTheThird() {
        var call = TestCall.greeted();

        call.lost("close_1006");
        call.lost("connect_failed");
        call.time.passMillis(250);
        call.lost("connect_failed");
        call.time.passMillis(500);
        assertThat(call.session.isOver()).isFalse();
        call.lost("connect_failed");

        assertThat(call.wire(line -> line.startsWith("model connect")))
                .containsExactly(
                        "model connect again 1", "model connect again 2", "model connect again 3");
        assertThat(call.wire).endsWith("journal ended MODEL_LOST", "caller close MODEL_LOST");
    }

    /// The last resort: a connector reports what hangs as lost, long before.
    @Test
    void attemptsOfWhichNothingIsHeardEndAfterEightSeconds() {
        var call = TestCall.greeted();

        call.lost("close_1006");
        call.time.passMillis(7_999);
        assertThat(call.session.isOver()).isFalse();
        call.time.passMillis(1);

        assertThat(call.wire).endsWith("caller close MODEL_LOST");
    }

    @Test
    void aModelThatHasSpokenForgivesEarlierFailures() {
        var call = TestCall.greeted();
        for (int loss = 0; loss < 6; loss++) {
            call.lost("close_1006");
            call.model(new ModelEvent.Ready());
            call.callerStops();
            call.answers("r" + loss, 100);
            call.heardEverything();
        }

        assertThat(call.session.isOver()).isFalse();
        assertThat(call.wire(line -> line.startsWith("model connect again")))
                .containsOnly("model connect again 1");
    }

    @Test
    void aConnectionThatStoodForAWhileForgivesEarlierFailuresThoughNobodySpoke() {
        var call = TestCall.greeted();
        for (int loss = 0; loss < 6; loss++) {
            call.lost("close_1006");
            call.model(new ModelEvent.Ready());
            call.time.passMillis(8_001);
        }

        assertThat(call.session.isOver()).isFalse();
    }

    @Test
    void aConnectorThatFailsEndsTheCallAndNothingElse() {
        var call = TestCall.greeted();
        call.connectorIsBroken = true;

        call.lost("close_1006");

        assertThat(call.wire).endsWith("caller close BUG");
    }

    @Test
    void whatTheLostConnectionStillSaysIsNotHeard() {
        var call = TestCall.greeted();
        call.lost("close_1006");
        call.model(new ModelEvent.Ready());
        call.wire.clear();

        VoiceModelEvents gone = call.connections.getFirst();
        gone.on(new ModelEvent.ResponseCreated("r9"));
        gone.onAudio("r9", "a9", FRAME, 0, FRAME.length());
        gone.on(new ModelEvent.Lost(Trouble.PASSING, "close_1000"));

        assertThat(call.wire).isEmpty();
    }

    @Test
    void theReplacementIsToldWithBothEndpointsAndTheOutage() {
        var call = TestCall.greeted();
        call.lost("close_1006");
        call.time.passMillis(400);
        call.model(new ModelEvent.Ready());

        assertThat(call.events(CallEvent.ModelReplaced.class))
                .containsExactly(
                        new CallEvent.ModelReplaced(
                                "fake1", "fake2", "close_1006", Duration.ofMillis(400)));
        assertThat(call.incidents.getLast().kind()).isEqualTo("model_replaced");
        assertThat(call.incidents.getLast().details())
                .containsEntry("from", "fake1")
                .containsEntry("outageMillis", 400L);
    }

    @Test
    void anAnswerInTextIsAskedForOnceMore() {
        var call = TestCall.greeted();
        callerSays(call, "u1", "Hello?");
        call.created("r1");

        call.done("r1", Status.TEXT_ONLY);
        call.time.passMillis(250);

        assertThat(call.wire).endsWith(ASK);
    }

    /// To a model that lives.
    private static void listensFor(TestCall call, long millis) {
        for (long left = millis; left > 0; left -= 500) {
            call.passes(500);
            call.model(new ModelEvent.ToolAnswerTaken("nobody"));
        }
    }

    private static void callerSays(TestCall call, String item, String words) {
        call.callerSpeaks();
        call.callerStops();
        call.model(new ModelEvent.CallerItem(item));
        call.model(new ModelEvent.CallerTranscript(item, words));
    }

    private static TestCall brokenFor(int millis) {
        var call = TestCall.greeted();
        call.lost("close_1006");
        speaksFor(call, millis);
        return call;
    }

    private static void speaksFor(TestCall call, int millis) {
        for (int at = 0; at < millis; at += 20) {
            call.callerAudioAt(FRAME, at);
        }
    }

    /// Two seconds of an answer are on their way to the caller, and its model is gone.
    private static TestCall brokenOff() {
        var call = TestCall.greeted();
        call.callerStops();
        call.created("r1");
        call.words("r1", "a1", "one two three four five");
        call.speaks("r1", "a1", 2000);
        call.lost("close_1006");
        return call;
    }
}
