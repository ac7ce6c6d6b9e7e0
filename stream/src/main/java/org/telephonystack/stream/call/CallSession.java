package org.telephonystack.stream.call;

import org.telephonystack.model.EndReason;
import org.telephonystack.stream.call.ModelEvent.Trouble;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/// One call from Twilio's `start` to its end: what comes from either leg is passed to whom it concerns.
///
/// ```text
///  NEW ──begin──▶ OPEN ─────────────────────────────────────▶ ENDING ──────────▶ OVER
///                  │ Opening: looking up and connecting,         │ reason committed,
///                  │          caller audio is kept               │ or half a second later:
///                  │ ── model ready: greeting asked for ──▶      │ caller's socket closed
///                  │ Conversation: greeting (protected) ─▶       │
///                  │          talking ─▶ goodbye ─▶ heard        │ nothing is sent any more,
///                  └── stop, socket lost, model lost, bug ──▶    │ no timer of the call runs
/// ```
///
/// Not thread-safe: everything happens on the call's event loop, its mutable state is this object and what it holds. It never
/// throws; a defect ends the call with [EndReason#BUG].
public final class CallSession {

    private enum Phase {
        NEW,
        OPEN,
        ENDING,
        OVER
    }

    /// What there is while the call is open.
    record Parts(
            ModelConnections model,
            CallerVoice caller,
            Opening opening,
            Conversation conversation) {}

    private final CallStart start;
    private final CallPorts ports;
    private final CallSettings settings;
    private final CallTimers timers;
    private final Incidents incidents;
    private final DroppedAudio dropped;
    private Phase phase = Phase.NEW;
    private Optional<Parts> parts = Optional.empty();
    private Optional<Duration> firstAudio = Optional.empty();
    private CallTime.Timer journalLimit = () -> {};

    /// One session per `start` whose ticket holds. Nothing happens before [#begin()].
    public CallSession(CallStart start, CallPorts ports, CallSettings settings) {
        this.start = start;
        this.ports = ports;
        this.settings = settings;
        this.timers = new CallTimers(ports.time(), this::fail);
        this.incidents = new Incidents(ports.journal());
        this.dropped = new DroppedAudio(ports.time(), this::observe);
    }

    /// Asks who is calling and for a model, both at once.
    public void begin() {
        if (phase != Phase.NEW) {
            return;
        }
        phase = Phase.OPEN;
        guarded(() -> {
            observe(new CallEvent.Started(start));
            CallPorts open = ports.with(this::whileOpen, this::onEvent);
            var model = new ModelConnections(open, settings, timers, new ModelSide(this));
            var conversation = new Conversation(start, open, settings, timers, model, this::end);
            var opening = new Opening(start, open, settings, timers, model, conversation);
            var caller = new CallerVoice(open, timers, model.line());
            parts = Optional.of(new Parts(model, caller, opening, conversation));
            opening.begin(this::onReplayed, this::end, this::onModelNotReady);
        });
    }

    /// The caller's voice: Twilio's `media.payload` stands in `text` from `from` (inclusive) to `to` (exclusive).
    ///
    /// @param timestampMillis `media.timestamp`: the clock by which playback is measured
    public void onCallerAudio(String text, int from, int to, long timestampMillis) {
        if (phase != Phase.OPEN || parts.isEmpty()) {
            return;
        }
        try {
            Parts call = parts.get();
            call.conversation().onTimestamp(timestampMillis);
            if (call.opening().isGreeted()) {
                call.caller().pass(text, from, to, timestampMillis);
            } else {
                call.opening().keep(text, from, to);
            }
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    /// Twilio's `mark`, with the name it came with.
    public void onMark(String name) {
        guarded(call -> call.conversation().onMark(name));
    }

    /// A key of the caller's telephone. Never logged: it may be part of a secret.
    public void onDtmf(String digit) {
        guarded(call -> call.conversation().caller().onDtmf(digit));
    }

    /// Twilio's `stop`: the caller hung up, or a redirect took the call away.
    public void onStop() {
        end(EndReason.CALLER_HUNG_UP);
    }

    /// Twilio's socket closed or broke; harmless after [#onStop()].
    public void onCallerGone() {
        end(EndReason.CALLER_LEG_LOST);
    }

    /// Ends the call for a reason that lies outside of it: the pod leaves, the peer speaks garbage. The first reason counts.
    public void end(EndReason reason) {
        if (isOver()) {
            return;
        }
        phase = Phase.ENDING;
        // First of all: whatever breaks from here on, the caller's line is closed.
        journalLimit = ports.time().after(settings.journalLimit(), () -> close(reason));
        hangUpModel();
        committed(reason).whenCompleteAsync((_, _) -> close(reason), ports.loop());
    }

    /// The process leaves: the call goes on until its next quiet moment, at the latest for [CallSettings#handOverWithin()], and
    /// then ends for another process to take it up. No sentence is cut off. One that was not greeted yet ends at once.
    public void handOver() {
        if (phase == Phase.OPEN && parts.filter(call -> call.opening().isGreeted()).isPresent()) {
            guarded(call -> call.conversation().handOver());
        } else {
            end(EndReason.HANDED_OVER);
        }
    }

    /// A defect showed itself while this call was served: it ends, the process goes on.
    public void fail(Throwable bug) {
        observe(new CallEvent.Bug(bug));
        end(EndReason.BUG);
    }

    /// Whether the end has begun: nothing more is sent to anybody.
    public boolean isOver() {
        return phase == Phase.ENDING || phase == Phase.OVER;
    }

    /// Somebody else's ticket: nothing is written, neither side has got anything of ours.
    private void onReplayed() {
        if (!isOver()) {
            phase = Phase.ENDING;
            hangUpModel();
            close(EndReason.PROTOCOL_ERROR);
        }
    }

    private void onModelNotReady() {
        observe(new CallEvent.ModelTrouble(Trouble.PASSING, "not_ready"));
        end(EndReason.MODEL_LOST);
    }

    private void hangUpModel() {
        timers.close();
        parts.ifPresent(call -> {
            evenIfBroken(call.model()::close);
            evenIfBroken(() -> firstAudio = call.conversation().close());
            evenIfBroken(dropped::tell);
            if (!call.opening().isGreeted()) {
                call.opening().observeDropped();
            }
        });
    }

    private void evenIfBroken(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            observe(new CallEvent.Bug(e));
        }
    }

    private CompletionStage<?> committed(EndReason reason) {
        try {
            return ports.journal().ended(reason);
        } catch (RuntimeException e) {
            observe(new CallEvent.Bug(e));
            return CompletableFuture.completedStage(reason);
        }
    }

    private void close(EndReason reason) {
        if (phase == Phase.OVER) {
            return;
        }
        phase = Phase.OVER;
        journalLimit.cancel();
        ports.caller().close(reason);
        Instant now = ports.time().now();
        var ended = new CallEvent.Ended(reason, Duration.between(start.at(), now), firstAudio);
        ports.observer().on(ended, now);
    }

    DroppedAudio dropped() {
        return dropped;
    }

    void observe(CallEvent event) {
        onEvent(event, ports.time().now());
    }

    /// [CallEvent.Ended] is the last: a step that ended the call may still have something to tell.
    private void onEvent(CallEvent event, Instant at) {
        if (phase != Phase.OVER) {
            ports.observer().on(event, at);
            incidents.on(event, at);
        }
    }

    /// Answers of the ports: those that come after the end find nobody.
    private void whileOpen(Runnable answer) {
        ports.loop().execute(() -> guarded((Parts _) -> answer.run()));
    }

    /// Nothing before the call is open, nor after it has begun to end.
    Optional<Parts> open() {
        return phase == Phase.OPEN ? parts : Optional.empty();
    }

    void guarded(Consumer<Parts> step) {
        open().ifPresent(call -> guarded(() -> step.accept(call)));
    }

    void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            fail(e);
        }
    }
}
