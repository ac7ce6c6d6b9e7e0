package org.telephonystack.action.reaper;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.telephonystack.action.reaper.InstanceProbe.Answer;
import org.telephonystack.model.CallSid;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

class ReaperTest {

    private static final Duration HEARTBEAT = Duration.ofSeconds(1);
    private static final OrphanedCall FIRST = call(1);
    private static final OrphanedCall SECOND = call(2);

    private final List<String> told = new ArrayList<>();
    private final Set<UUID> answering = new HashSet<>();
    private final Set<UUID> mute = new HashSet<>();
    private final FakeInstances database = new FakeInstances();
    private final SilentInstance dead = silent(false);
    private CallRedirect.Result twilio = CallRedirect.Result.REDIRECTED;
    private CallRedirect answers = _ -> CompletableFuture.completedStage(twilio);
    private long nanos;
    private final Reaper reaper = newReaper();

    @Test
    void theCallsOfADeadProcessAreRedirectedOnceTheDatabaseWasThereForTwoHeartbeats() {
        database.carries(dead, FIRST, SECOND);

        looksFor(Duration.ofMillis(1900));
        assertThat(told).isEmpty();
        looksFor(Duration.ofMillis(500));

        assertThat(told)
                .containsExactly("dead, calls: 2", "redirected " + FIRST, "redirected " + SECOND);
    }

    @Test
    void aProcessThatAnswersIsLeftAlone() {
        database.carries(dead, FIRST);
        answering.add(dead.id());

        looksFor(Duration.ofSeconds(5));

        assertThat(told).containsOnly("alive");
        assertThat(database.claimed).isEmpty();
    }

    @Test
    void aProcessThatDoesNotAnswerMayOnlyBeBusyAndKeepsItsCalls() {
        database.carries(dead, FIRST);
        mute.add(dead.id());

        looksFor(Duration.ofSeconds(5));

        assertThat(told).containsOnly("unanswered");
        assertThat(database.claimed).isEmpty();
    }

    @Test
    void aProcessThatHasNotAnsweredForLongIsDead() {
        SilentInstance cutOff =
                new SilentInstance(
                        UUID.randomUUID(), "http://10.0.0.1:9000", Duration.ofSeconds(10), false);
        database.carries(cutOff, FIRST);
        mute.add(cutOff.id());

        looksFor(Duration.ofSeconds(3));

        assertThat(told).containsExactly("dead, calls: 1", "redirected " + FIRST);
    }

    @Test
    void aProcessThatSaidGoodbyeIsNotAsked() {
        SilentInstance gone = silent(true);
        database.carries(gone, FIRST);
        answering.add(gone.id());

        looksFor(Duration.ofSeconds(3));

        assertThat(told).containsExactly("dead, calls: 1", "redirected " + FIRST);
    }

    @Test
    void afterTheDatabaseWasAwayNobodyIsJudgedForTwoHeartbeats() {
        looksFor(Duration.ofSeconds(3));
        database.away = true;
        looksFor(Duration.ofSeconds(10));
        database.away = false;
        database.carries(dead, FIRST);
        told.clear();

        looksFor(Duration.ofMillis(1900));
        assertThat(told).isEmpty();
        looksFor(Duration.ofMillis(500));

        assertThat(told).containsExactly("dead, calls: 1", "redirected " + FIRST);
    }

    @Test
    void afterThisProcessSleptNobodyIsJudgedForTwoHeartbeats() {
        looksFor(Duration.ofSeconds(3));
        nanos += Duration.ofSeconds(30).toNanos();
        database.carries(dead, FIRST);

        looksFor(Duration.ofMillis(1900));

        assertThat(told).isEmpty();
    }

    @Test
    void aDatabaseThatGoesAwayBetweenTheVerdictAndTheClaimCostsOnlyTime() {
        looksFor(Duration.ofSeconds(3));
        database.carries(dead, FIRST);
        database.refusesClaims = true;

        looksFor(Duration.ofMillis(100));
        assertThat(told).containsExactly("blind");
        database.refusesClaims = false;
        looksFor(Duration.ofSeconds(3));

        assertThat(told).containsExactly("blind", "dead, calls: 1", "redirected " + FIRST);
    }

    @Test
    void ofTwoReapersOneRedirectsACall() {
        database.carries(dead, FIRST, SECOND);
        Reaper other = newReaper();

        for (int i = 0; i < 40; i++) {
            nanos += Duration.ofMillis(100).toNanos();
            reaper.look().toCompletableFuture().join();
            other.look().toCompletableFuture().join();
        }

        assertThat(told).filteredOn(line -> line.startsWith("redirected")).hasSize(2);
    }

    @Test
    void aCallThatEndedMeanwhileIsNoFailure() {
        database.carries(dead, FIRST);
        twilio = CallRedirect.Result.OVER;

        looksFor(Duration.ofSeconds(3));

        assertThat(told).containsExactly("dead, calls: 1", "over " + FIRST);
    }

    @Test
    void aTwilioThatTakesItsTimeDelaysNoOtherCall() {
        database.batch = 1;
        database.carries(dead, FIRST, SECOND);
        answers = _ -> new CompletableFuture<>();

        looksFor(Duration.ofSeconds(3));

        assertThat(database.claimed).containsExactly(FIRST, SECOND);
        assertThat(told).containsExactly("dead, calls: 1", "dead, calls: 1");
    }

    @Test
    void whileTwilioHasEnoughToDoNothingMoreIsClaimed() {
        OrphanedCall[] many = new OrphanedCall[100];
        Arrays.setAll(many, number -> call(number + 10));
        database.batch = 20;
        database.carries(dead, many);
        var waiting = new ArrayDeque<CompletableFuture<CallRedirect.Result>>();
        answers =
                _ -> {
                    waiting.add(new CompletableFuture<>());
                    return waiting.getLast();
                };

        looksFor(Duration.ofSeconds(5));
        assertThat(database.claimed).hasSize(60);
        for (int i = 0; i < 20; i++) {
            waiting.remove().complete(CallRedirect.Result.REDIRECTED);
        }
        looksFor(Duration.ofMillis(100));

        assertThat(database.claimed).hasSize(80);
    }

    private void looksFor(Duration time) {
        for (long left = time.toMillis(); left > 0; left -= 100) {
            nanos += Duration.ofMillis(100).toNanos();
            reaper.look().toCompletableFuture().join();
        }
    }

    private Reaper newReaper() {
        return new Reaper(
                database,
                instance -> CompletableFuture.completedStage(answerOf(instance)),
                call -> answers.redirect(call),
                new Told(),
                () -> nanos,
                HEARTBEAT,
                Duration.ofSeconds(3),
                Duration.ofSeconds(10));
    }

    private Answer answerOf(SilentInstance instance) {
        if (answering.contains(instance.id())) {
            return Answer.LIVES;
        }
        return mute.contains(instance.id()) ? Answer.UNANSWERED : Answer.GONE;
    }

    private static SilentInstance silent(boolean stopped) {
        return new SilentInstance(
                UUID.randomUUID(), "http://10.0.0.1:9000", Duration.ofSeconds(3), stopped);
    }

    private static OrphanedCall call(int number) {
        return new OrphanedCall(new CallSid("CA%032d".formatted(number)), 1);
    }

    private final class Told implements ReaperEvents {
        @Override
        public void onAliveAfterAll(SilentInstance instance) {
            told.add("alive");
        }

        @Override
        public void onUnanswered(SilentInstance instance) {
            told.add("unanswered");
        }

        @Override
        public void onDead(SilentInstance instance, int calls) {
            told.add("dead, calls: " + calls);
        }

        @Override
        public void onRedirect(OrphanedCall call, CallRedirect.Result result, Duration since) {
            told.add(result.name().toLowerCase(java.util.Locale.ROOT) + " " + call);
        }

        @Override
        public void onBlind(Throwable why) {
            told.add("blind");
        }
    }

    /// Gives a call to the first who claims it.
    private static final class FakeInstances implements Instances {
        private final List<SilentInstance> silent = new ArrayList<>();
        private final List<OrphanedCall> open = new ArrayList<>();
        private final List<OrphanedCall> claimed = new ArrayList<>();
        private int batch = 20;
        private boolean away;
        private boolean refusesClaims;

        void carries(SilentInstance instance, OrphanedCall... calls) {
            silent.add(instance);
            open.addAll(List.of(calls));
        }

        @Override
        public CompletionStage<List<SilentInstance>> silentFor(Duration atLeast) {
            return away
                    ? CompletableFuture.failedStage(new IllegalStateException("away"))
                    : CompletableFuture.completedStage(List.copyOf(silent));
        }

        @Override
        public CompletionStage<List<OrphanedCall>> claimCallsOf(
                SilentInstance dead, Duration silentFor) {
            if (refusesClaims) {
                return CompletableFuture.failedStage(new IllegalStateException("away"));
            }
            List<OrphanedCall> mine =
                    open.stream().filter(call -> !claimed.contains(call)).limit(batch).toList();
            claimed.addAll(mine);
            return CompletableFuture.completedStage(mine);
        }
    }
}
