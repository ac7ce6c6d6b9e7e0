package org.telephonystack.action.afterstream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.telephonystack.action.afterstream.LostStream.Claim;
import org.telephonystack.action.afterstream.Takeover.ConnectAgain;
import org.telephonystack.action.afterstream.Takeover.Why;
import org.telephonystack.model.EndReason;

import java.time.Duration;
import java.util.Optional;

class TakeoverRuleTest {

    private static final Takeover LEAVE = new Takeover.Leave();
    private static final Takeover FULL = new Takeover.Full();
    private static final LostStream KILLED =
            new LostStream(
                    1, 1, false, true, Optional.empty(), false, 0, Optional.empty(), false, false);

    private final TakeoverRule rule = new TakeoverRule(Duration.ofSeconds(5));

    @Test
    void aStreamThatEndedWithoutAWordIsTakenUpTwiceAndNotAThirdTime() {
        assertThat(rule.decide(KILLED)).isEqualTo(new ConnectAgain(2, Why.LOST));
        assertThat(rule.decide(attempt(KILLED, 2, 1))).isEqualTo(new ConnectAgain(3, Why.LOST));
        assertThat(rule.decide(attempt(KILLED, 3, 2))).isEqualTo(LEAVE);
    }

    @Test
    void aNumberThatNoStreamHadIsNoLoss() {
        assertThat(rule.decide(attempt(KILLED, 3, 1))).isEqualTo(new ConnectAgain(4, Why.LOST));
    }

    @Test
    void handoversCostNoAttemptAndStillEndSomewhere() {
        LostStream handedOver = ended(KILLED, EndReason.HANDED_OVER);

        assertThat(rule.decide(attempt(handedOver, 5, 0)))
                .isEqualTo(new ConnectAgain(6, Why.HANDED_OVER));
        assertThat(rule.decide(attempt(handedOver, 9, 0))).isEqualTo(LEAVE);
        assertThat(rule.decide(attempt(KILLED, 6, 0))).isEqualTo(new ConnectAgain(7, Why.LOST));
        assertThat(rule.decide(attempt(KILLED, 6, 2))).isEqualTo(LEAVE);
    }

    @ParameterizedTest
    @EnumSource(
            value = EndReason.class,
            names = {
                "ASSISTANT_ENDED",
                "CALLER_HUNG_UP",
                "CALLER_SILENT",
                "TRANSFER",
                "VOICEMAIL",
                "MODEL_LOST",
                "MODEL_REFUSED",
                "MODEL_SILENT"
            })
    void whatWasMeantOrCannotBeHelpedIsLeft(EndReason end) {
        assertThat(rule.decide(ended(KILLED, end))).isEqualTo(LEAVE);
    }

    @ParameterizedTest
    @EnumSource(
            value = EndReason.class,
            names = {"CALLER_LEG_LOST", "PROTOCOL_ERROR", "BUG"})
    void whatNobodyMeantIsTakenUp(EndReason end) {
        assertThat(rule.decide(ended(KILLED, end))).isEqualTo(new ConnectAgain(2, Why.LOST));
    }

    @Test
    void aRedirectOfOursThatLookedLikeAHangUpIsTakenUp() {
        LostStream redirected = redirected(ended(KILLED, EndReason.CALLER_HUNG_UP));

        assertThat(rule.decide(redirected)).isEqualTo(new ConnectAgain(2, Why.LOST));
    }

    @Test
    void whoeverAsksWhileTheReaperRedirectsWaits() {
        var fresh = new Claim(true, Duration.ofSeconds(1), Optional.empty());
        var stale = new Claim(true, Duration.ofSeconds(6), Optional.empty());
        var answered = new Claim(true, Duration.ofSeconds(1), Optional.of(2));
        var byQuestion = new Claim(false, Duration.ofSeconds(1), Optional.of(2));

        assertThat(rule.decide(claimed(KILLED, fresh))).isEqualTo(new Takeover.Wait());
        assertThat(rule.decide(redirected(claimed(KILLED, fresh))))
                .isEqualTo(new ConnectAgain(2, Why.LOST));
        assertThat(rule.decide(claimed(KILLED, stale))).isEqualTo(new ConnectAgain(2, Why.LOST));
        assertThat(rule.decide(claimed(KILLED, answered))).isEqualTo(new ConnectAgain(2, Why.LOST));
        assertThat(rule.decide(claimed(KILLED, byQuestion)))
                .isEqualTo(new ConnectAgain(2, Why.LOST));
    }

    @Test
    void aHandshakeThatALeavingProcessRefusedCostsNoAttempt() {
        assertThat(rule.decide(neverStarted(1, 0, true, true)))
                .isEqualTo(new ConnectAgain(2, Why.REFUSED_WHILE_LEAVING));
        assertThat(rule.decide(neverStarted(5, 0, true, false)))
                .isEqualTo(new ConnectAgain(6, Why.REFUSED_WHILE_LEAVING));
    }

    @Test
    void aFullHouseIsNotKnockedAtAgainAndTheCallerIsToldSo() {
        assertThat(rule.decide(neverStarted(1, 0, false, true))).isEqualTo(FULL);
        assertThat(rule.decide(neverStarted(2, 1, false, true))).isEqualTo(FULL);
        assertThat(rule.decide(neverStarted(9, 0, true, true))).isEqualTo(FULL);
        assertThat(rule.decide(neverStarted(3, 2, false, false))).isEqualTo(LEAVE);
        assertThat(rule.decide(neverStarted(1, 0, false, false)))
                .isEqualTo(new ConnectAgain(2, Why.LOST));
    }

    /// It was cut off, whatever its second stream found.
    @Test
    void whoHadTheAssistantBeforeIsNotToldThatThereWasNoPlace() {
        var refused =
                new LostStream(
                        2,
                        1,
                        false,
                        false,
                        Optional.empty(),
                        false,
                        1,
                        Optional.empty(),
                        false,
                        true);

        assertThat(rule.decide(refused)).isEqualTo(LEAVE);
    }

    @Test
    void aCallWithAnOutcomeIsLeft() {
        var concluded =
                new LostStream(
                        1,
                        1,
                        false,
                        true,
                        Optional.empty(),
                        true,
                        0,
                        Optional.empty(),
                        false,
                        false);

        assertThat(rule.decide(concluded)).isEqualTo(LEAVE);
    }

    @Test
    void aQuestionThatCameLateDoesNotRepeatTheNumberOfAStreamThatRuns() {
        var late =
                new LostStream(
                        1,
                        2,
                        false,
                        true,
                        Optional.empty(),
                        false,
                        0,
                        Optional.empty(),
                        false,
                        false);

        assertThat(rule.decide(late)).isEqualTo(new ConnectAgain(3, Why.LOST));
    }

    private static LostStream ended(LostStream it, EndReason end) {
        return new LostStream(
                it.attempt(),
                it.newestAttempt(),
                it.redirected(),
                true,
                Optional.of(end),
                false,
                it.losses(),
                it.claim(),
                false,
                false);
    }

    private static LostStream attempt(LostStream it, int attempt, int losses) {
        return new LostStream(
                attempt,
                attempt,
                false,
                it.started(),
                it.end(),
                false,
                losses,
                Optional.empty(),
                it.somebodyLeaves(),
                it.full());
    }

    private static LostStream redirected(LostStream it) {
        return new LostStream(
                it.attempt(),
                it.newestAttempt(),
                true,
                it.started(),
                it.end(),
                false,
                it.losses(),
                it.claim(),
                false,
                false);
    }

    private static LostStream claimed(LostStream it, Claim claim) {
        return new LostStream(
                it.attempt(),
                it.newestAttempt(),
                it.redirected(),
                it.started(),
                it.end(),
                false,
                it.losses(),
                Optional.of(claim),
                false,
                false);
    }

    private static LostStream neverStarted(
            int attempt, int losses, boolean somebodyLeaves, boolean full) {
        return new LostStream(
                attempt,
                0,
                false,
                false,
                Optional.empty(),
                false,
                losses,
                Optional.empty(),
                somebodyLeaves,
                full);
    }
}
