package org.telephonystack.stream.call;

import org.jspecify.annotations.Nullable;
import org.telephonystack.model.EndReason;
import org.telephonystack.model.ticket.StreamTicket;
import org.telephonystack.stream.call.CallContextLookup.Answer;
import org.telephonystack.stream.call.CallEvent.LookupOutcome;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/// From `start` to the greeting: who is calling is asked while the model connects, the model is told, the greeting is asked
/// for, and only then is what the caller has said meanwhile passed on.
final class Opening {

    private final CallStart start;
    private final CallPorts ports;
    private final CallSettings settings;
    private final CallTimers timers;
    private final ModelConnections model;
    private final Conversation conversation;
    private final CallerAudioBuffer early;
    private final Instant began;
    private boolean briefed;
    private boolean greeted;

    Opening(
            CallStart start,
            CallPorts ports,
            CallSettings settings,
            CallTimers timers,
            ModelConnections model,
            Conversation conversation) {
        this.start = start;
        this.ports = ports;
        this.settings = settings;
        this.timers = timers;
        this.model = model;
        this.conversation = conversation;
        this.early = new CallerAudioBuffer(settings.earlyAudio());
        this.began = ports.time().now();
    }

    /// @param onReplayed the ticket was used before, however late that is known
    /// @param onOver the call was over before it was connected again, however late that is known
    /// @param onNotReady the model was not ready in time
    void begin(Runnable onReplayed, Consumer<EndReason> onOver, Runnable onNotReady) {
        timers.after(
                settings.connectLimit(),
                () -> {
                    if (!greeted) {
                        onNotReady.run();
                    }
                });
        timers.after(lookupLimit(), () -> goOnWithout(LookupOutcome.LATE));
        lookup().whenCompleteAsync(
                        (answer, failure) -> onAnswer(answer, failure, onReplayed, onOver),
                        ports.loop());
    }

    /// Whether caller audio goes straight to the model.
    boolean isGreeted() {
        return greeted;
    }

    void keep(String text, int from, int to) {
        early.keep(text, from, to);
    }

    void onReady() {
        conversation.greet();
        Duration took = sinceBegan();
        greeted = true;
        early.drainTo(model.line());
        observe(new CallEvent.ModelReady(took));
        observeDropped();
    }

    void observeDropped() {
        if (early.droppedMillis() > 0) {
            observe(new CallEvent.CallerAudioDropped(early.droppedMillis()));
        }
    }

    private CompletionStage<Answer> lookup() {
        try {
            return ports.lookup().lookup(start);
        } catch (RuntimeException e) {
            return CompletableFuture.failedStage(e);
        }
    }

    private void onAnswer(
            @Nullable Answer answer,
            @Nullable Throwable failure,
            Runnable onReplayed,
            Consumer<EndReason> onOver) {
        if (answer instanceof Answer.Replayed) {
            observe(new CallEvent.LookedUp(LookupOutcome.REPLAYED, sinceBegan()));
            onReplayed.run();
        } else if (failure == null && answer instanceof Answer.Found found) {
            found.earlier()
                    .end()
                    .filter(TakingUp::isOver)
                    .ifPresentOrElse(
                            end -> {
                                observe(new CallEvent.LookedUp(LookupOutcome.OVER, sinceBegan()));
                                onOver.accept(end);
                            },
                            () -> goOnWith(found));
        } else {
            goOnWithout(LookupOutcome.FAILED);
        }
    }

    private void goOnWith(Answer.Found found) {
        conversation.takesUp(found.earlier().underWay());
        if (isResumed()) {
            conversation.lasted(found.earlier().lasted());
        }
        if (briefed) {
            return;
        }
        CallContext context = found.context();
        Duration took = sinceBegan();
        brief(context, true);
        var outcome = context.client().isPresent() ? LookupOutcome.FOUND : LookupOutcome.NEW_CALLER;
        observe(new CallEvent.LookedUp(outcome, took));
        context.client().ifPresent(client -> observe(new CallEvent.ClientIdentified(client)));
    }

    private void goOnWithout(LookupOutcome why) {
        if (briefed) {
            return;
        }
        observe(new CallEvent.LookedUp(why, sinceBegan()));
        brief(ports.lookup().lastKnown(), false);
    }

    /// A call that goes on without what was said before is worth waiting for a little longer.
    private Duration lookupLimit() {
        return isResumed() ? settings.lookupLimit().multipliedBy(5) : settings.lookupLimit();
    }

    private boolean isResumed() {
        return start.ticket().kind() == StreamTicket.Kind.RESUME;
    }

    private void brief(CallContext context, boolean isKnown) {
        briefed = true;
        conversation.knows(context, isResumed());
        ModelBrief brief = ports.briefs().write(start, context);
        // A call that was cut off before anything was heard begins anew.
        if (isResumed() && (!isKnown || !context.soFar().isEmpty())) {
            int known = context.soFar().size();
            observe(new CallEvent.TakenUp(start.ticket().attempt(), known));
            conversation.goesOn(context.soFar(), TakingUp.firstWords(brief.language(), known > 0));
        }
        model.configure(brief);
        // What the caller does not wait for comes after. And not before the lookup: a replayed
        // ticket must leave no trace in
        // the rows of the call it was stolen from.
        ports.journal().started(start);
    }

    private Duration sinceBegan() {
        return Duration.between(began, ports.time().now());
    }

    private void observe(CallEvent event) {
        ports.observer().on(event, ports.time().now());
    }
}
