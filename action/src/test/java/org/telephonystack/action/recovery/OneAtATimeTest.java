package org.telephonystack.action.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

class OneAtATimeTest {

    private final List<CompletableFuture<Void>> begun = new ArrayList<>();
    private final OneAtATime rounds =
            new OneAtATime(() -> {
                begun.add(new CompletableFuture<>());
                return begun.getLast();
            });

    @Test
    void whoAsksDuringARoundSharesTheOneAfterIt() {
        CompletionStage<Void> first = rounds.run();
        CompletionStage<Void> second = rounds.run();
        CompletionStage<Void> third = rounds.run();
        assertThat(begun).hasSize(1);

        begun.getFirst().complete(null);

        assertThat(isDone(first)).isTrue();
        assertThat(isDone(second)).isFalse();
        assertThat(begun).hasSize(2);

        begun.getLast().complete(null);

        assertThat(isDone(second)).isTrue();
        assertThat(isDone(third)).isTrue();
        assertThat(begun).hasSize(2);
    }

    @Test
    void whoAsksAfterARoundGetsAnotherAtOnce() {
        rounds.run();
        begun.getFirst().complete(null);

        rounds.run();

        assertThat(begun).hasSize(2);
    }

    @Test
    void aRoundThatFailsKeepsNobodyFromTheNext() {
        CompletionStage<Void> first = rounds.run();
        CompletionStage<Void> second = rounds.run();

        begun.getFirst().completeExceptionally(new IllegalStateException("the database is away"));
        begun.getLast().complete(null);

        assertThat(first.toCompletableFuture().isCompletedExceptionally()).isTrue();
        assertThat(isDone(second)).isTrue();
        assertThat(second.toCompletableFuture().isCompletedExceptionally()).isFalse();
    }

    @Test
    void workThatCannotEvenBeginKeepsNobodyFromTheNext() {
        var broken =
                new OneAtATime(() -> {
                    throw new IllegalStateException("no pool");
                });

        assertThat(broken.run().toCompletableFuture().isCompletedExceptionally()).isTrue();
        assertThat(broken.run().toCompletableFuture().isCompletedExceptionally()).isTrue();
    }

    private static boolean isDone(CompletionStage<Void> stage) {
        return stage.toCompletableFuture().isDone();
    }
}
