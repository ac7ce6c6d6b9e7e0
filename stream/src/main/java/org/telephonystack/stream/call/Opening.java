package org.telephonystack.stream.call;

import org.jspecify.annotations.Nullable;
import org.telephonystack.stream.call.CallContextLookup.Answer;
import org.telephonystack.stream.call.CallEvent.LookupOutcome;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// From `start` to the greeting: who is calling is asked while the model connects, the model is told, the greeting is asked
/// for, and only then is what the caller has said meanwhile passed on.
final class Opening {

    private final CallStart start;
    private final CallPorts ports;
    private final CallSettings settings;
    private final CallTimers timers;
    private final VoiceModel model;
    private final CallerAudioBuffer early;
    private final Instant began;
    private boolean briefed;
    private boolean greeted;

    Opening(
            CallStart start,
            CallPorts ports,
            CallSettings settings,
            CallTimers timers,
            VoiceModel model) {
        this.start = start;
        this.ports = ports;
        this.settings = settings;
        this.timers = timers;
        this.model = model;
        this.early = new CallerAudioBuffer(settings.earlyAudio());
        this.began = ports.time().now();
    }

    /// @param onReplayed the ticket was used before, however late that is known
    /// @param onNotReady the model was not ready in time
    void begin(Runnable onReplayed, Runnable onNotReady) {
        timers.after(
                settings.connectLimit(),
                () -> {
                    if (!greeted) {
                        onNotReady.run();
                    }
                });
        timers.after(settings.lookupLimit(), () -> goOnWithout(LookupOutcome.LATE));
        lookup().whenCompleteAsync(
                        (answer, failure) -> onAnswer(answer, failure, onReplayed), ports.loop());
    }

    /// Whether caller audio goes straight to the model.
    boolean isGreeted() {
        return greeted;
    }

    void keep(String text, int from, int to) {
        early.keep(text, from, to);
    }

    void onReady(Conversation conversation) {
        observe(new CallEvent.ModelReady(sinceBegan()));
        conversation.greet();
        greeted = true;
        early.drainTo(model);
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
            @Nullable Answer answer, @Nullable Throwable failure, Runnable onReplayed) {
        if (answer instanceof Answer.Replayed) {
            observe(new CallEvent.LookedUp(LookupOutcome.REPLAYED, sinceBegan()));
            onReplayed.run();
        } else if (failure == null && answer instanceof Answer.Found(CallContext context)) {
            goOnWith(context);
        } else {
            goOnWithout(LookupOutcome.FAILED);
        }
    }

    private void goOnWith(CallContext context) {
        if (briefed) {
            return;
        }
        var outcome = context.client().isPresent() ? LookupOutcome.FOUND : LookupOutcome.NEW_CALLER;
        observe(new CallEvent.LookedUp(outcome, sinceBegan()));
        context.client().ifPresent(client -> observe(new CallEvent.ClientIdentified(client)));
        brief(context);
    }

    private void goOnWithout(LookupOutcome why) {
        if (briefed) {
            return;
        }
        observe(new CallEvent.LookedUp(why, sinceBegan()));
        brief(ports.lookup().lastKnown());
    }

    private void brief(CallContext context) {
        briefed = true;
        // Not before: a replayed ticket must leave no trace in the rows of the call it was stolen
        // from.
        ports.journal().started(start);
        model.configure(ports.briefs().write(start, context));
    }

    private Duration sinceBegan() {
        return Duration.between(began, ports.time().now());
    }

    private void observe(CallEvent event) {
        ports.observer().on(event, ports.time().now());
    }
}
