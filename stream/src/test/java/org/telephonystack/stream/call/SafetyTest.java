package org.telephonystack.stream.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.telephonystack.model.EndReason;
import org.telephonystack.model.tool.ToolResult;
import org.telephonystack.stream.call.ModelEvent.Status;
import org.telephonystack.stream.truth.UnbackedClaim;

import java.util.Map;

/// What the assistant must not leave standing, and what it must say.
class SafetyTest {

    private static final CallSettings CUTTING = cutting(CallSettings.DEFAULTS);

    private static final String BOOKED = "You are all set, I have booked you for Tuesday at three.";

    @Test
    void aBookingThatNobodyMadeIsPutRightInTheVeryNextSentence() {
        var call = TestCall.greeted();
        call.callerStops();

        call.answers("r1", BOOKED, 500);

        assertThat(call.events(CallEvent.ClaimUnbacked.class))
                .containsExactly(new CallEvent.ClaimUnbacked(UnbackedClaim.Kind.BOOKED));
        assertThat(call.toModel()).hasSize(2);
        assertThat(call.toModel().getFirst())
                .contains("That is not true", "No appointment was booked in this call");
        assertThat(call.toModel().getLast()).isEqualTo("model respond WORDS_ONLY");
    }

    @Test
    void aBookingThatWasMadeIsNotDoubted() {
        var call = TestCall.greeted();
        call.callerStops();
        call.created("r1");
        call.asksFor("r1", "c1", "create_booking");
        call.done("r1", Status.COMPLETED);
        call.toolAnswer("c1").complete(booked("2026-11-24T15:00:00Z"));

        call.answers("r2", BOOKED, 500);

        assertThat(call.events(CallEvent.ClaimUnbacked.class)).isEmpty();
    }

    @Test
    void anotherTimeThanTheStoredOneIsPutRightFromTheStoredOne() {
        var call = TestCall.greeted();
        call.callerStops();
        call.created("r1");
        call.asksFor("r1", "c1", "create_booking");
        call.done("r1", Status.COMPLETED);
        call.toolAnswer("c1").complete(booked("2026-11-24T16:00:00Z"));
        call.wire.clear();

        call.answers("r2", BOOKED, 500);

        assertThat(call.wire(line -> line.startsWith("model note ")).getFirst())
                .contains("Our system says instead: \"It stands.\"");
    }

    @Test
    void whatIsSaidWhileTheToolRunsIsJudgedByItsAnswer() {
        var call = TestCall.greeted();
        call.callerStops();
        call.created("r1");
        call.words("r1", "a1", BOOKED);
        call.speaks("r1", "a1", 500);
        call.model(new ModelEvent.AssistantItemDone("r1", "a1"));
        call.asksFor("r1", "c1", "create_booking");
        call.done("r1", Status.COMPLETED);
        assertThat(call.events(CallEvent.ClaimUnbacked.class)).isEmpty();

        call.toolAnswer("c1").complete(ToolResult.error("Taken.", Map.of()));

        assertThat(call.events(CallEvent.ClaimUnbacked.class)).hasSize(1);
        assertThat(call.wire).endsWith("model respond ANSWER");
    }

    /// The booking may have been made.
    @Test
    void aClaimWhoseToolGaveNoAnswerIsPutRightAsUnknownNotAsUndone() {
        var call = claimsWhatIsNotAnswered();

        call.time.passMillis(5_000);

        assertThat(call.events(CallEvent.ClaimUnbacked.class)).hasSize(1);
        assertThat(call.wire(line -> line.contains(BOOKED)))
                .singleElement()
                .asString()
                .contains("nobody knows whether it was done", "do not offer to do it again")
                .doesNotContain("not true", "No appointment was booked");
    }

    @Test
    void aResultThatComesLateIsKnownFromThenOn() {
        var call = claimsWhatIsNotAnswered();
        call.time.passMillis(5_000);
        call.toolAnswer("c1").complete(ToolResult.error("Taken.", Map.of()));
        call.answers("r2", 500);
        call.heardEverything();
        call.wire.clear();

        call.answers("r3", BOOKED, 500);

        assertThat(call.wire(line -> line.contains(BOOKED)).getFirst())
                .contains("No appointment was booked");
    }

    private static TestCall claimsWhatIsNotAnswered() {
        var call = TestCall.greeted();
        call.callerStops();
        call.created("r1");
        call.words("r1", "a1", BOOKED);
        call.speaks("r1", "a1", 500);
        call.model(new ModelEvent.AssistantItemDone("r1", "a1"));
        call.asksFor("r1", "c1", "create_booking");
        call.done("r1", Status.COMPLETED);
        call.heardEverything();
        return call;
    }

    /// It was heard, and its answer never came to an end.
    @Test
    void aClaimThatTheCallerInterruptedIsPutRightInTheNextAnswer() {
        var call = TestCall.greeted();
        call.callerStops();
        call.created("r1");
        call.words("r1", "a1", BOOKED + " Is there anything else that I");
        call.speaks("r1", "a1", 5_000);
        call.heardEverything();
        call.wire.clear();

        call.callerSpeaks();

        assertThat(call.events(CallEvent.ClaimUnbacked.class)).hasSize(1);
        assertThat(call.wire(line -> line.contains("That is not true"))).hasSize(1);
        assertThat(call.wire).doesNotContain("model respond WORDS_ONLY");
    }

    @Test
    void aClaimThatWasNotHeardYetIsNotPutRight() {
        var call = TestCall.greeted();
        call.callerStops();
        call.created("r1");
        call.words("r1", "a1", "One moment please, I am looking. " + BOOKED);
        call.speaks("r1", "a1", 1_000);
        call.heardEverything();

        call.callerSpeaks();

        assertThat(call.events(CallEvent.ClaimUnbacked.class)).isEmpty();
    }

    @Test
    void aClaimWhoseWordsComeAfterTheInterruptionIsNotPutRight() {
        var call = TestCall.greeted();
        call.callerStops();
        call.created("r1");
        call.words("r1", "a1", "One moment please, I am looking. ");
        call.speaks("r1", "a1", 2_000);
        call.callerSpeaks();

        call.words("r1", "a1", BOOKED);
        call.speaks("r1", "a1", 2_000);
        call.model(new ModelEvent.AssistantItemDone("r1", "a1"));
        call.done("r1", Status.CANCELLED);
        call.words("r1", "a1", BOOKED);
        call.model(new ModelEvent.AssistantItemDone("r1", "a1"));
        call.callerStops();
        call.answers("r2", 500);

        assertThat(call.events(CallEvent.ClaimUnbacked.class)).isEmpty();
    }

    @Test
    void aClaimThatNeverBecameSoundIsNotPutRight() {
        var call = TestCall.greeted();
        call.callerStops();
        call.created("r1");
        call.words("r1", "a1", BOOKED);
        call.callerSpeaks();

        call.speaks("r1", "a1", 2_000);
        call.model(new ModelEvent.AssistantItemDone("r1", "a1"));
        call.done("r1", Status.CANCELLED);

        assertThat(call.events(CallEvent.ClaimUnbacked.class)).isEmpty();
    }

    @Test
    void aClaimWhoseWordsComeAfterItsAnswerIsPutRight() {
        var call = TestCall.greeted();
        call.callerStops();
        call.created("r1");
        call.speaks("r1", "a1", 2_000);
        call.done("r1", Status.COMPLETED);

        call.words("r1", "a1", BOOKED);
        call.model(new ModelEvent.AssistantItemDone("r1", "a1"));
        call.heardEverything();
        call.callerStops();
        call.answers("r2", 500);

        assertThat(call.events(CallEvent.ClaimUnbacked.class)).hasSize(1);
    }

    /// It was complete before our cancel came, and nobody has heard it.
    @Test
    void aFixedLineThatBeginsWhileTheCallerSpeaksIsStillOwed() {
        var call = emergencyWhileAToolRuns();
        call.model(new ModelEvent.NoteTaken());
        call.callerSpeaks();
        call.answers("r2", 500);

        call.lost("close_1006");
        call.model(new ModelEvent.Ready());

        assertThat(call.wire(line -> line.contains("call 911"))).hasSize(1);
    }

    @Test
    void aClaimWhoseModelDiedIsPutRightByTheNext() {
        var call = TestCall.greeted();
        call.callerStops();
        call.created("r1");
        call.words("r1", "a1", BOOKED);
        call.speaks("r1", "a1", 5_000);
        call.lost("close_1006");

        call.model(new ModelEvent.Ready());

        assertThat(call.events(CallEvent.ClaimUnbacked.class)).hasSize(1);
        assertThat(call.wire(line -> line.contains("That is not true"))).hasSize(1);
        assertThat(call.wire).endsWith("model respond WORDS_ONLY");
    }

    @Test
    void aSentenceThatClaimsWhatNothingBacksIsCutOffWhereThatIsWished() {
        var call = TestCall.greeted(CUTTING);
        call.callerStops();
        call.created("r1");
        call.speaks("r1", "a1", 300);
        call.words("r1", "a1", "You are all set, I have booked you for ");
        assertThat(call.wire).doesNotContain("model cancel r1");

        call.words("r1", "a1", "Tuesday at three.");
        call.words("r1", "a1", " Anything else?");
        call.speaks("r1", "a1", 300);

        assertThat(call.wire).contains("model cancel r1", "caller clear", "model truncate a1 0");
        assertThat(call.wire.getLast()).startsWith("model note").contains("That is not true");
        call.done("r1", Status.CANCELLED);
        assertThat(call.wire).endsWith("model respond WORDS_ONLY");
        assertThat(call.events(CallEvent.ClaimUnbacked.class)).hasSize(1);
    }

    @Test
    void aSentenceIsNotCutOffByDefault() {
        var call = TestCall.greeted();
        call.callerStops();
        call.created("r1");
        call.speaks("r1", "a1", 300);

        call.words("r1", "a1", BOOKED);

        assertThat(call.wire).doesNotContain("model cancel r1", "caller clear");
    }

    @Test
    void wordsOfAnEmergencyBringTheFixedLineAtOnce() {
        var call = TestCall.greeted();
        call.callerSpeaks();
        call.callerStops();
        call.model(new ModelEvent.CallerItem("u1"));
        call.created("r1");
        call.speaks("r1", "a1", 1000);

        call.model(new ModelEvent.CallerTranscript("u1", "My husband is not breathing!"));

        assertThat(call.wire).contains("model cancel r1", "caller clear", "model truncate a1 0");
        assertThat(call.wire(line -> line.startsWith("model note ")).getFirst())
                .contains(
                        "\"If this is an emergency, please hang up now and call 911. They can help you right away.\"");
        call.done("r1", Status.CANCELLED);
        assertThat(call.wire).endsWith("model respond WORDS_ONLY");
        assertThat(call.events(CallEvent.EmergencyHeard.class)).hasSize(1);
    }

    /// The words come late; the model has understood the caller and wants to hang up already.
    @Test
    void theFixedLineIsHeardBeforeTheLineCloses() {
        var call = TestCall.greeted();
        call.callerSpeaks();
        call.callerStops();
        call.model(new ModelEvent.CallerItem("u1"));
        call.created("r1");
        call.speaks("r1", "a1", 2_000);
        call.asksFor("r1", "bye", "end_call");
        call.done("r1", Status.COMPLETED);

        call.model(new ModelEvent.CallerTranscript("u1", "My husband is not breathing!"));

        assertThat(call.session.isOver()).isFalse();
        assertThat(call.wire).endsWith("model respond WORDS_ONLY");
        call.model(new ModelEvent.ToolAnswerTaken("bye"));
        call.model(new ModelEvent.NoteTaken());
        call.answers("r2", 1_000);
        assertThat(call.session.isOver()).isFalse();
        call.heardEverything();
        assertThat(call.wire).endsWith("caller close ASSISTANT_ENDED");
    }

    /// The cancel came too late: the answer that knew nothing of the line is complete.
    @Test
    void anAnswerThatWasCompleteBeforeItWasCancelledIsNotTakenForTheFixedLine() {
        var call = TestCall.greeted();
        call.callerSpeaks();
        call.callerStops();
        call.model(new ModelEvent.CallerTranscript("u1", "My husband is not breathing!"));
        call.created("r1");
        assertThat(call.wire).endsWith("model cancel r1");

        call.done("r1", Status.COMPLETED);

        assertThat(call.wire).endsWith("model respond WORDS_ONLY");
    }

    /// A model is faster than its voice: its answer is complete long before it was heard.
    @Test
    void aFixedLineThatTheCallerTalksOverIsOwedAgain() {
        var call = TestCall.greeted();
        call.callerSpeaks();
        call.callerStops();
        call.model(new ModelEvent.CallerTranscript("u1", "My husband is not breathing!"));
        call.model(new ModelEvent.NoteTaken());
        call.answers("r1", 4_000);
        call.wire.clear();

        call.callerSpeaks();

        assertThat(call.wire(line -> line.contains("call 911"))).hasSize(1);
        call.callerStops();
        call.model(new ModelEvent.NoteTaken());
        call.answers("r2", 4_000);
        call.heardEverything();
        call.wire.clear();
        call.callerSpeaks();
        assertThat(call.wire(line -> line.contains("call 911"))).isEmpty();
    }

    @Test
    void theFixedLineIsNotCutShortBecauseAToolIsStillRunning() {
        var call = emergencyWhileAToolRuns();
        call.model(new ModelEvent.NoteTaken());

        call.answers("r2", 500);
        call.heardEverything();

        assertThat(call.wire).doesNotContain("model cancel r2");
        call.toolAnswer("c1").complete(ToolResult.success("Three.", Map.of()));
        call.model(new ModelEvent.ToolAnswerTaken("c1"));
        call.answers("r3", 500);
        assertThat(call.wire).doesNotContain("model respond WORDS_ONLY");
    }

    @Test
    void anAnswerThatDoesNotKnowTheFixedLineIsCutShortWhileAToolRuns() {
        var call = emergencyWhileAToolRuns();

        call.created("r2");

        assertThat(call.wire).containsExactly("model cancel r2");
    }

    /// What the model begins to say then was asked for before anybody knew.
    @Test
    void aFixedLineThatIsOwedWhileAnotherAnswerIsOnItsWayIsSaidAllTheSame() {
        var call = TestCall.greeted();
        call.callerSpeaks();
        call.callerStops();
        call.created("r1");
        call.asksFor("r1", "c1", "check_schedule");
        call.done("r1", Status.COMPLETED);
        call.toolAnswer("c1").complete(ToolResult.success("Three.", Map.of()));
        call.model(new ModelEvent.ToolAnswerTaken("c1"));
        call.model(new ModelEvent.CallerTranscript("u1", "My husband is not breathing!"));
        call.wire.clear();

        call.created("r2");
        assertThat(call.wire).containsExactly("model cancel r2");
        call.done("r2", Status.CANCELLED);

        assertThat(call.wire).endsWith("model respond WORDS_ONLY");
        call.created("r3");
        assertThat(call.wire).doesNotContain("model cancel r3");
    }

    /// The words are known before the answer to them has begun: it knows nothing of the line.
    @Test
    void theFixedLineTakesThePlaceOfTheAnswerThatIsDue() {
        var call = TestCall.greeted();
        call.callerSpeaks();
        call.callerStops();
        call.model(new ModelEvent.CallerTranscript("u1", "My husband is not breathing!"));

        call.created("r1");
        call.speaks("r1", "a1", 1000);

        assertThat(call.wire).contains("model cancel r1");
        assertThat(call.toCaller()).isEmpty();
        call.done("r1", Status.CANCELLED);
        assertThat(call.wire).endsWith("model respond WORDS_ONLY");
    }

    @Test
    void anAnswerThatTheModelBeginsWithTheFixedLineInHandNeedsNoSecondOne() {
        var call = TestCall.greeted();
        call.callerSpeaks();
        call.callerStops();
        call.model(new ModelEvent.CallerTranscript("u1", "My husband is not breathing!"));
        call.model(new ModelEvent.NoteTaken());
        call.wire.clear();

        call.answers("r1", 500);

        assertThat(call.toModel()).isEmpty();
    }

    @Test
    void aFixedLineThatDiedWithItsModelIsSaidByTheNext() {
        var call = TestCall.greeted();
        call.callerSpeaks();
        call.callerStops();
        call.created("r1");
        call.model(new ModelEvent.CallerTranscript("u1", "My husband is not breathing!"));
        call.done("r1", Status.CANCELLED);
        call.created("r2");
        call.lost("close_1006");
        call.wire.clear();

        call.model(new ModelEvent.Ready());

        assertThat(
                        call.wire(line ->
                                line.startsWith("model note The caller may be in an emergency")))
                .hasSize(1);
        assertThat(call.wire).endsWith("model respond WORDS_ONLY");
        call.model(new ModelEvent.NoteTaken());
        call.answers("r3", 500);
        call.heardEverything();
        call.lost("close_1006");
        call.wire.clear();
        call.model(new ModelEvent.Ready());
        assertThat(call.wire(line -> line.startsWith("model note"))).isEmpty();
    }

    @Test
    void aCorrectionThatDiedWithItsModelIsMadeByTheNext() {
        var call = TestCall.greeted();
        call.callerStops();
        call.answers("r1", BOOKED, 500);
        call.lost("close_1006");
        call.wire.clear();

        call.model(new ModelEvent.Ready());

        assertThat(call.wire(line -> line.contains("That is not true"))).hasSize(1);
        assertThat(call.wire).endsWith("model respond WORDS_ONLY");
    }

    @Test
    void theFixedLineIsSaidOnce() {
        var call = TestCall.greeted();
        call.model(new ModelEvent.CallerTranscript("u1", "I need an ambulance."));
        call.model(
                new ModelEvent.CallerTranscript(
                        "u2", "An ambulance, please, I need an ambulance."));

        assertThat(call.events(CallEvent.EmergencyHeard.class)).hasSize(1);
    }

    @Test
    void aPromisedPersonComesWhenThePromiseWasHeard() {
        var call = promisedAPerson();

        call.answers("r2", "One moment, I connect you.", 500);
        assertThat(call.session.isOver()).isFalse();
        call.heardEverything();

        assertThat(call.wire).endsWith("caller close " + EndReason.TRANSFER);
    }

    @Test
    void aThankYouDoesNotCallThePersonOff() {
        var call = promisedAPerson();
        call.created("r2");
        call.speaks("r2", "a2", 1000);

        call.callerSpeaks();
        call.callerStops();
        call.done("r2", Status.CANCELLED);
        assertThat(call.session.isOver()).isFalse();
        call.answers("r3", "I connect you now.", 300);
        call.heardEverything();

        assertThat(call.wire).endsWith("caller close " + EndReason.TRANSFER);
    }

    @Test
    void aKeyDoesNotCallThePersonOff() {
        var call = promisedAPerson();
        call.answers("r2", "One moment, I connect you.", 500);

        call.session.onDtmf("1");
        call.time.passMillis(2_000);
        call.answers("r3", "I connect you now.", 300);
        call.heardEverything();

        assertThat(call.wire).endsWith("caller close " + EndReason.TRANSFER);
    }

    @Test
    void whereNobodyIsThereTheCallGoesOn() {
        var call = TestCall.greeted();
        call.callerStops();
        call.created("r1");
        call.asksFor("r1", "c1", "transfer_to_human");
        call.done("r1", Status.COMPLETED);
        call.toolAnswer("c1")
                .complete(ToolResult.error("Nobody is there.", Map.of("then", "take_message")));

        call.answers("r2", 200);
        call.heardEverything();

        assertThat(call.session.isOver()).isFalse();
    }

    /// The line is asked for.
    private static TestCall emergencyWhileAToolRuns() {
        var call = TestCall.greeted();
        call.callerSpeaks();
        call.callerStops();
        call.created("r1");
        call.asksFor("r1", "c1", "check_schedule");
        call.done("r1", Status.COMPLETED);
        call.model(new ModelEvent.CallerTranscript("u1", "My husband is not breathing!"));
        assertThat(call.wire).endsWith("model respond WORDS_ONLY");
        call.wire.clear();
        return call;
    }

    private static CallSettings cutting(CallSettings like) {
        return new CallSettings(
                like.lookupLimit(),
                like.earlyAudio(),
                like.answerWithin(),
                like.audioWithin(),
                like.toolDeadline(),
                like.toolChain(),
                like.farewellGrace(),
                like.journalLimit(),
                like.connectLimit(),
                like.callerSilence(),
                like.longestCall(),
                like.handOverWithin(),
                true,
                like.reconnect());
    }

    private static TestCall promisedAPerson() {
        var call = TestCall.greeted();
        call.callerStops();
        call.created("r1");
        call.asksFor("r1", "c1", "transfer_to_human");
        call.done("r1", Status.COMPLETED);
        call.toolAnswer("c1")
                .complete(ToolResult.success("I connect you.", Map.of("then", "transfer")));
        return call;
    }

    private static ToolResult booked(String slot) {
        return ToolResult.success("It stands.", Map.of("slot", slot, "booking_id", 7));
    }
}
