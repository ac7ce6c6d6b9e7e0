package org.telephonystack.frontdoor.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.telephonystack.frontdoor.call.CallRouter.DecidedBy;
import org.telephonystack.frontdoor.call.CallRouter.Routed;
import org.telephonystack.model.CallSid;
import org.telephonystack.model.PhoneNumber;
import org.telephonystack.model.call.Admission;
import org.telephonystack.model.call.AfterStream;
import org.telephonystack.model.ticket.StreamTicket;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

class CallRouterTest {

    private static final PhoneNumber HUMAN = new PhoneNumber("+14155550100");

    private final FakeAction action = new FakeAction();
    private final Doorkeeper doorkeeper =
            new Doorkeeper(InstantSource.system(), Duration.ofHours(1));
    private final CallRouter router = router(false, Optional.empty());

    @Test
    void aRingingCallIsAnnouncedAndConnected() {
        var decision = router.ring(call("ringing"));

        assertThat(decision).isEqualTo(new RoutingDecision.Connect(StreamTicket.Kind.NEW, 1));
        assertThat(action.announced).containsExactly(call("ringing"));
    }

    @Test
    void whoeverIsTurnedAwayHearsWhyOrNothingAtAllAndIsAnnounced() {
        var caller = Set.of(new PhoneNumber("+14155550199"));
        Admission open = Admission.OPEN;

        doorkeeper.learn(new Admission(open.free(), false, Set.of(), caller, open.human()));
        assertThat(router.ring(call("ringing"))).isEqualTo(new RoutingDecision.Reject());
        doorkeeper.learn(new Admission(open.free(), false, caller, Set.of(), open.human()));
        assertThat(router.ring(call("ringing"))).isEqualTo(new RoutingDecision.Voicemail());
        doorkeeper.learn(
                new Admission(Optional.of(0), false, Set.of(), Set.of(), Optional.of(HUMAN)));
        assertThat(router.ring(call("ringing")))
                .isEqualTo(new RoutingDecision.FullHouse(Optional.of(HUMAN)));

        assertThat(action.turned)
                .containsExactly(TurnAway.BLOCKED, TurnAway.AT_LIMIT, TurnAway.FULL);
    }

    @Test
    void whatActionSaysIsDone() {
        assertThat(after(new AfterStream.HangUp())).isEqualTo(new RoutingDecision.HangUp());
        assertThat(after(new AfterStream.ConnectAgain(2)))
                .isEqualTo(new RoutingDecision.Connect(StreamTicket.Kind.RESUME, 2));
        assertThat(after(new AfterStream.Dial(HUMAN))).isEqualTo(new RoutingDecision.Dial(HUMAN));
        assertThat(after(new AfterStream.Voicemail())).isEqualTo(new RoutingDecision.Voicemail());
        assertThat(after(new AfterStream.Apologise(true)))
                .isEqualTo(new RoutingDecision.Apologise(true, Optional.empty()));
        assertThat(after(new AfterStream.Apologise(false, Optional.of(HUMAN))))
                .isEqualTo(new RoutingDecision.Apologise(false, Optional.of(HUMAN)));
        assertThat(after(new AfterStream.FullHouse(Optional.of(HUMAN))))
                .isEqualTo(new RoutingDecision.FullHouse(Optional.of(HUMAN)));
        assertThat(after(new AfterStream.FullHouse(Optional.empty())))
                .isEqualTo(new RoutingDecision.FullHouse(Optional.empty()));
        assertThat(after(new AfterStream.Wait())).isEqualTo(new RoutingDecision.AskAgain(1));
    }

    @Test
    void aFullHouseThatOnlyAStreamSawIsToldLikeOneThatWasSeenWhenItRang() {
        var full = new AfterStream.FullHouse(Optional.empty());
        action.answer = CompletableFuture.completedStage(full);

        assertThat(routed(router(true, Optional.of(HUMAN)), 1).decision())
                .isEqualTo(new RoutingDecision.FullHouse(Optional.of(HUMAN)));
    }

    @Test
    void aTenthStreamIsNotConnectedWhoeverSaysSo() {
        action.answer = CompletableFuture.completedStage(new AfterStream.ConnectAgain(10));

        assertThat(routed(router, 9))
                .isEqualTo(
                        new Routed(
                                new RoutingDecision.Apologise(false, Optional.empty()),
                                DecidedBy.SAFE_DEFAULT));
    }

    @Test
    void aSilentActionMeansAnApologyThatPromisesNothing() {
        action.answer = down();

        assertThat(routed(router, 1))
                .isEqualTo(
                        new Routed(
                                new RoutingDecision.Apologise(false, Optional.empty()),
                                DecidedBy.SAFE_DEFAULT));
    }

    @Test
    void aSilentActionMeansThePersonWhereOneIsConfigured() {
        action.answer = down();

        assertThat(routed(router(false, Optional.of(HUMAN)), 1).decision())
                .isEqualTo(new RoutingDecision.Apologise(false, Optional.of(HUMAN)));
    }

    @Test
    void aSilentActionMeansConnectingAgainOnceWhereThatIsSwitchedOn() {
        action.answer = down();
        var reconnecting = router(true, Optional.of(HUMAN));

        assertThat(routed(reconnecting, 1).decision())
                .isEqualTo(new RoutingDecision.Connect(StreamTicket.Kind.RESUME, 2));
        assertThat(routed(reconnecting, 2).decision())
                .isEqualTo(new RoutingDecision.Apologise(false, Optional.of(HUMAN)));
    }

    /// The reaper redirects a call that the safe default has connected already: two streams of one number would write over each
    /// other's lines.
    @Test
    void aSilentActionNeverGivesTwoStreamsTheSameNumber() {
        action.answer = down();
        var reconnecting = router(true, Optional.empty());
        var redirected =
                new StreamEnd(call("in-progress"), 1, true, Optional.empty(), Optional.empty());

        assertThat(routed(reconnecting, 1).decision())
                .isEqualTo(new RoutingDecision.Connect(StreamTicket.Kind.RESUME, 2));
        assertThat(reconnecting.afterStream(redirected).toCompletableFuture().join().decision())
                .isEqualTo(new RoutingDecision.Connect(StreamTicket.Kind.RESUME, 3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"completed", "canceled", "failed", "busy", "no-answer"})
    void nobodyIsAskedAboutACallerWhoIsGone(String status) {
        var end = new StreamEnd(call(status), 1, false, Optional.empty(), Optional.empty());

        assertThat(router.afterStream(end).toCompletableFuture())
                .isCompletedWithValue(
                        new Routed(new RoutingDecision.Nothing(), DecidedBy.CALL_OVER));
        assertThat(action.questions).isZero();
    }

    @Test
    void anUnknownStatusIsACallThatGoesOn() {
        action.answer = CompletableFuture.completedStage(new AfterStream.HangUp());
        var end = new StreamEnd(call("brand-new"), 1, false, Optional.empty(), Optional.empty());

        assertThat(router.afterStream(end).toCompletableFuture().join().by())
                .isEqualTo(DecidedBy.ACTION);
    }

    @ParameterizedTest
    @ValueSource(strings = {"busy", "no-answer", "failed", "canceled", ""})
    void aPersonWhoDoesNotAnswerMeansVoicemail(String dialled) {
        assertThat(router.afterDial(call("in-progress"), dialled))
                .isEqualTo(new RoutingDecision.Voicemail());
    }

    @ParameterizedTest
    @ValueSource(strings = {"completed", "answered"})
    void aConversationWithAPersonEndsTheCall(String dialled) {
        assertThat(router.afterDial(call("in-progress"), dialled))
                .isEqualTo(new RoutingDecision.HangUp());
    }

    @Test
    void theFallbackRingsThePersonAndElseTakesAMessage() {
        var withPerson = router(false, Optional.of(HUMAN));
        String failed = "https://voice.example.com/voice-frontdoor";

        assertThat(withPerson.fallback(call("ringing"), failed))
                .isEqualTo(new RoutingDecision.Apologise(false, Optional.of(HUMAN)));
        assertThat(router.fallback(call("ringing"), failed))
                .isEqualTo(new RoutingDecision.Voicemail());
    }

    @Test
    void theFallbackDoesNotRepeatTheStepThatFailed() {
        var withPerson = router(false, Optional.of(HUMAN));
        String base = "https://voice.example.com/voice-frontdoor";

        assertThat(withPerson.fallback(call("in-progress"), base + "/after-dial"))
                .isEqualTo(new RoutingDecision.Voicemail());
        assertThat(withPerson.fallback(call("in-progress"), base + "/after-record"))
                .isEqualTo(new RoutingDecision.Thank());
    }

    private static CompletionStage<AfterStream> down() {
        return CompletableFuture.failedStage(new IllegalStateException("action is down"));
    }

    private RoutingDecision after(AfterStream answer) {
        action.answer = CompletableFuture.completedStage(answer);
        Routed routed = routed(router, 1);
        assertThat(routed.by()).isEqualTo(DecidedBy.ACTION);
        return routed.decision();
    }

    private static Routed routed(CallRouter router, int attempt) {
        var end =
                new StreamEnd(
                        call("in-progress"), attempt, false, Optional.empty(), Optional.empty());
        return router.afterStream(end).toCompletableFuture().join();
    }

    private CallRouter router(boolean reconnect, Optional<PhoneNumber> human) {
        return new CallRouter(action, new SafeDefault(reconnect, human), doorkeeper);
    }

    private static InboundCall call(String status) {
        return new InboundCall(
                new CallSid("CA00000000000000000000000000000001"),
                "+14155550199",
                "+18005550123",
                status,
                Optional.empty(),
                Optional.empty());
    }

    private static final class FakeAction implements ActionGateway {
        private final List<InboundCall> announced = new ArrayList<>();
        private final List<TurnAway> turned = new ArrayList<>();
        private CompletionStage<AfterStream> answer = down();
        private int questions;

        @Override
        public void announce(InboundCall call, Optional<TurnAway> turnedAway) {
            announced.add(call);
            turnedAway.ifPresent(turned::add);
        }

        @Override
        public CompletionStage<Admission> admission() {
            return CompletableFuture.completedStage(Admission.OPEN);
        }

        @Override
        public CompletionStage<AfterStream> afterStream(StreamEnd end) {
            questions++;
            return answer;
        }
    }
}
