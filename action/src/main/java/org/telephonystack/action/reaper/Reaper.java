package org.telephonystack.action.reaper;

import org.telephonystack.action.reaper.InstanceProbe.Answer;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/// Finds stream processes that died and sends their calls to `after-stream`, where they are connected to another one. Twilio
/// usually does that by itself when a socket breaks; this is for when it does not.
///
/// A process is dead only if all of this holds: the database has not heard of it for a while, *this* process could ask the
/// database for two heartbeats without a gap (else it is the database that is away, and everybody is silent), and the
/// process does not answer itself. Any number of reapers may run: a call is claimed by one of them, or by the question after the
/// stream.
///
/// A look does not wait for Twilio: under a slow API the other calls of a dead process, and other dead processes, would wait with it.
///
/// Mutable: looks one after the other, never two at once.
public final class Reaper {

    /// At Twilio at a time, over all looks. Its API takes about a hundred at once from an account; the rest stays claimable.
    private static final int MOST_REDIRECTS = 60;

    private final Instances instances;
    private final InstanceProbe probe;
    private final CallRedirect redirect;
    private final ReaperEvents events;
    private final LongSupplier nanoTime;
    private final Duration heartbeat;
    private final Duration silence;
    private final Duration unansweredSilence;

    private final AtomicInteger redirecting = new AtomicInteger();
    private Optional<Sight> sight = Optional.empty();

    /// The time in which the database answered every look.
    private record Sight(long since, long last) {}

    /// @param nanoTime as [System#nanoTime()]
    /// @param heartbeat how often a living process is heard of
    /// @param silence after which one is asked whether it lives
    /// @param unansweredSilence after which one that does not answer counts as dead; one whose address answers that it is gone
    ///     does so at once
    public Reaper(
            Instances instances,
            InstanceProbe probe,
            CallRedirect redirect,
            ReaperEvents events,
            LongSupplier nanoTime,
            Duration heartbeat,
            Duration silence,
            Duration unansweredSilence) {
        this.instances = instances;
        this.probe = probe;
        this.redirect = redirect;
        this.events = events;
        this.nanoTime = nanoTime;
        this.heartbeat = heartbeat;
        this.silence = silence;
        this.unansweredSilence = unansweredSilence;
    }

    /// To be called more often than processes beat; not before the last look is done. Done when what was found is claimed.
    /// Never fails.
    public CompletionStage<Void> look() {
        return instances
                .silentFor(silence)
                .handle((silent, failure) -> {
                    if (failure != null) {
                        sight = Optional.empty();
                        events.onBlind(failure);
                        return List.<SilentInstance>of();
                    }
                    return seesLongEnough() ? silent : List.<SilentInstance>of();
                })
                .thenCompose(
                        silent -> all(silent.stream().map(instance -> judge(instance)).toList()));
    }

    /// A pause between two looks is a gap like a failed one: this process may have slept, and its neighbours too.
    private boolean seesLongEnough() {
        long now = nanoTime.getAsLong();
        long period = heartbeat.toNanos();
        Sight unbroken =
                sight.filter(before -> now - before.last() <= 2 * period)
                        .map(before -> new Sight(before.since(), now))
                        .orElseGet(() -> new Sight(now, now));
        sight = Optional.of(unbroken);
        return now - unbroken.since() >= 2 * period;
    }

    private CompletionStage<Void> judge(SilentInstance instance) {
        CompletionStage<Answer> answer =
                instance.stopped()
                        ? CompletableFuture.completedStage(Answer.GONE)
                        : probe.ask(instance);
        return answer.thenCompose(heard ->
                switch (heard) {
                    case LIVES -> {
                        events.onAliveAfterAll(instance);
                        yield done();
                    }
                    case GONE -> takeOver(instance, silence);
                    case UNANSWERED -> {
                        if (instance.silent().compareTo(unansweredSilence) >= 0) {
                            yield takeOver(instance, unansweredSilence);
                        }
                        events.onUnanswered(instance);
                        yield done();
                    }
                });
    }

    /// @param silentFor what a heartbeat that arrives just now must not undercut
    private CompletionStage<Void> takeOver(SilentInstance instance, Duration silentFor) {
        if (redirecting.get() >= MOST_REDIRECTS) {
            return done();
        }
        return instances
                .claimCallsOf(instance, silentFor)
                .thenAccept(calls -> save(instance, calls))
                .exceptionally(failure -> {
                    sight = Optional.empty();
                    events.onBlind(failure);
                    return null;
                });
    }

    private void save(SilentInstance instance, List<OrphanedCall> calls) {
        if (!calls.isEmpty()) {
            events.onDead(instance, calls.size());
            redirecting.addAndGet(calls.size());
            calls.forEach(call -> save(instance, call));
        }
    }

    private void save(SilentInstance instance, OrphanedCall call) {
        long began = nanoTime.getAsLong();
        var _ =
                redirect.redirect(call)
                        .whenComplete((result, bug) -> {
                            redirecting.decrementAndGet();
                            events.onRedirect(
                                    call,
                                    bug == null ? result : CallRedirect.Result.FAILED,
                                    instance.silent().plusNanos(nanoTime.getAsLong() - began));
                        });
    }

    private static CompletionStage<Void> all(List<CompletionStage<Void>> stages) {
        return CompletableFuture.allOf(
                stages.stream()
                        .map(CompletionStage::toCompletableFuture)
                        .toArray(CompletableFuture<?>[]::new));
    }

    private static CompletionStage<Void> done() {
        return CompletableFuture.completedStage(null);
    }
}
