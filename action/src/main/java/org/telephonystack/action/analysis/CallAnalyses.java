package org.telephonystack.action.analysis;

import org.telephonystack.action.analysis.AnalysisStore.Job;
import org.telephonystack.action.analysis.Analyst.Result;
import org.telephonystack.action.analysis.Analyst.Tokens;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Has calls analysed after their end, each once. A call is complete without it: whatever fails is shown as missing.
public final class CallAnalyses {

    private static final int MOST_ATTEMPTS = 6;
    private static final int MOST_A_ROUND = 20;
    private static final Duration LONGEST_BACKOFF = Duration.ofHours(1);

    private final AnalysisStore store;
    private final Analyst analyst;
    private final AnalysisEvents events;
    private final int mostADay;
    private final InstantSource clock;

    public CallAnalyses(
            AnalysisStore store,
            Analyst analyst,
            AnalysisEvents events,
            int mostADay,
            InstantSource clock) {
        this.store = store;
        this.analyst = analyst;
        this.events = events;
        this.mostADay = mostADay;
        this.clock = clock;
    }

    /// All that are due, one after the other: nobody waits for them.
    public CompletionStage<Void> analyseDue() {
        return analyseDue(MOST_A_ROUND);
    }

    private CompletionStage<Void> analyseDue(int left) {
        if (left == 0) {
            return done();
        }
        return store.next(mostADay)
                .thenCompose(next ->
                        next.map(job -> analyse(job).thenCompose(_ -> analyseDue(left - 1)))
                                .orElseGet(CallAnalyses::done));
    }

    private CompletionStage<Void> analyse(Job job) {
        Instant started = clock.instant();
        if (job.overLimit()) {
            return unavailable(job, "daily_limit", Tokens.NONE, started);
        }
        return store.transcript(job.callSid())
                .thenCompose(transcript ->
                        saidSomething(transcript)
                                ? analyst.read(transcript)
                                        .thenCompose(result -> onResult(job, result, started))
                                : unavailable(job, "nothing_said", Tokens.NONE, started));
    }

    private static boolean saidSomething(List<Analyst.Line> transcript) {
        return transcript.stream().anyMatch(line -> line.role().equals("caller"));
    }

    private CompletionStage<Void> onResult(Job job, Result result, Instant started) {
        return switch (result) {
            case Result.Done done ->
                    store.done(job, done)
                            .thenAccept(_ -> events.onAnalysis(job.callSid(), "done", "", started));
            case Result.TryLater(var why, var after, var tokens) -> {
                if (job.attempts() >= MOST_ATTEMPTS) {
                    yield unavailable(job, why, tokens, started);
                }
                yield store.later(job, why, after.orElse(backoff(job.attempts())), tokens)
                        .thenAccept(_ -> events.onAnalysis(job.callSid(), "retry", why, started));
            }
            case Result.Unavailable(var why, var tokens) -> unavailable(job, why, tokens, started);
        };
    }

    private CompletionStage<Void> unavailable(Job job, String why, Tokens tokens, Instant started) {
        return store.unavailable(job, why, tokens)
                .thenAccept(_ -> events.onAnalysis(job.callSid(), "unavailable", why, started));
    }

    private static Duration backoff(int attempts) {
        Duration wait = Duration.ofSeconds(10L << Math.min(2 * attempts, 12));
        return wait.compareTo(LONGEST_BACKOFF) < 0 ? wait : LONGEST_BACKOFF;
    }

    private static CompletionStage<Void> done() {
        return CompletableFuture.completedFuture(null);
    }
}
