package org.telephonystack.action.sms;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.telephonystack.action.sms.SmsSender.Lookup;
import org.telephonystack.action.sms.SmsSender.Result;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

class CarefulSmsSenderTest {

    private static final Result UNKNOWN = new Result.Unknown("http_503");
    private static final Result ACCEPTED = new Result.Accepted("SM1", "{}");
    private static final Duration PAUSE = Duration.ofSeconds(15);

    private final List<Boolean> changes = new ArrayList<>();
    private final Provider provider = new Provider();
    private Instant now = Instant.parse("2026-11-22T12:00:00Z");
    private final CarefulSmsSender sender =
            new CarefulSmsSender(provider, new CircuitBreaker(3, PAUSE, () -> now, changes::add));

    @Test
    void afterSoManyFailuresInARowTheProviderIsLeftAlone() {
        provider.answer = UNKNOWN;
        for (int i = 0; i < 3; i++) {
            assertThat(send()).isEqualTo(UNKNOWN);
        }

        assertThat(send()).isEqualTo(new Result.TryLater("provider_away", Optional.of(PAUSE)));
        assertThat(find()).isInstanceOf(Lookup.Unavailable.class);
        assertThat(provider.requests).isEqualTo(3);
        assertThat(changes).containsExactly(true);
    }

    @Test
    void oneAnswerBetweenStartsTheCountAgain() {
        for (Result result : List.of(UNKNOWN, UNKNOWN, ACCEPTED, UNKNOWN, UNKNOWN)) {
            provider.answer = result;
            send();
        }

        assertThat(changes).isEmpty();
        assertThat(provider.requests).isEqualTo(5);
    }

    @Test
    void afterThePauseOneRequestTriesAndItsSuccessOpensTheWay() {
        breakIt();
        now = now.plus(PAUSE);

        provider.held = Optional.of(new CompletableFuture<>());
        CompletionStage<Result> probe = sender.send("+1", "body");
        assertThat(send()).as("beside the probe").isInstanceOf(Result.TryLater.class);
        provider.held.get().complete(ACCEPTED);
        provider.held = Optional.empty();
        provider.answer = ACCEPTED;

        assertThat(probe.toCompletableFuture().join()).isEqualTo(ACCEPTED);
        assertThat(send()).isEqualTo(ACCEPTED);
        assertThat(changes).containsExactly(true, false);
    }

    @Test
    void aProbeThatFailsPausesAgain() {
        breakIt();
        now = now.plus(PAUSE);

        assertThat(send()).isEqualTo(UNKNOWN);

        assertThat(send()).isInstanceOf(Result.TryLater.class);
        assertThat(changes).containsExactly(true);
    }

    @Test
    void tooManyRequestsAndRefusalsAreAnswers() {
        for (int i = 0; i < 9; i++) {
            provider.answer =
                    i % 2 == 0
                            ? new Result.TryLater("rate", Optional.empty())
                            : new Result.Refused(21614, SmsSender.Remedy.REMEMBER, "no mobile");
            send();
        }

        assertThat(provider.requests).isEqualTo(9);
        assertThat(changes).isEmpty();
    }

    private void breakIt() {
        provider.answer = UNKNOWN;
        for (int i = 0; i < 3; i++) {
            send();
        }
    }

    private Result send() {
        return sender.send("+14155550199", "body").toCompletableFuture().join();
    }

    private Lookup find() {
        return sender.find("+14155550199", "body", now).toCompletableFuture().join();
    }

    private static final class Provider implements SmsSender {

        private Result answer = ACCEPTED;
        private Optional<CompletableFuture<Result>> held = Optional.empty();
        private int requests;

        @Override
        public CompletionStage<Result> send(String to, String body) {
            requests++;
            return held.orElseGet(() -> CompletableFuture.completedFuture(answer));
        }

        @Override
        public CompletionStage<Lookup> find(String to, String body, Instant since) {
            requests++;
            return CompletableFuture.completedFuture(new Lookup.Answered(List.of()));
        }
    }
}
