package org.telephonystack.stream.call;

import org.telephonystack.stream.call.ModelEvent.Status;
import org.telephonystack.stream.call.VoiceModel.Purpose;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/// Who may make the model speak. Two can: the model itself, when the caller has stopped speaking, and we, after tools. Only
/// one answer can be under way, and one asked for at the wrong moment is lost without a sound.
///
/// ```text
///          ask                    created                   done
///  FREE ─────────▶ REQUESTED ─────────────▶ ACTIVE(id) ─────────────▶ FREE
///    │                 │ refused, no answer known      ▲                │ something wanted: ask
///    │                 ▼                               │                ▼
///    │             BLOCKED ── half a second ──▶ FREE   │
///    └── caller stopped speaking: AWAITED ── created ──┘
/// ```
///
/// What is wanted while the slot is taken, or the caller speaks, waits; several wishes become one. Nothing waits for ever:
/// no `created`, no audio, a failed answer are each asked again once; the second time in a row the model counts as silent.
final class ResponseSlot {

    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Duration BLOCKED_PAUSE = Duration.ofMillis(500);
    private static final int BLOCKED_TRIES = 12;

    private sealed interface State {
        record Free() implements State {}

        record Requested(Purpose purpose) implements State {}

        /// We were refused, and whose answer is in the way has not been said.
        record Blocked() implements State {}

        /// @param isStopping it is being cancelled: only its end is awaited
        record Active(String responseId, Purpose purpose, boolean isStopping) implements State {}
    }

    private static final CallTime.Timer NO_TIMER = () -> {};

    private final ModelOrders model;
    private final CallTimers timers;
    private final CallSettings settings;
    private final Consumer<String> silence;
    private final Consumer<String> onTrouble;
    private final Consumer<String> onSilent;
    private final Runnable onAsked;

    private State state = new State.Free();
    private Optional<Purpose> wanted = Optional.empty();
    private Purpose lastAsked = Purpose.ANSWER;
    private boolean lastAskWasRepeat;
    private boolean callerSpeaks;
    private boolean awaited;
    private boolean pausing;
    private boolean closed;
    private boolean suspended = true;
    private int repeats;
    private int blockedTries;
    private CallTime.Timer watch = NO_TIMER;

    /// Nothing is asked for before [#resume()].
    ///
    /// @param silence nothing more of this answer is to be played
    /// @param onTrouble the model did not do what it should; it is asked again
    /// @param onSilent it did not for the second time
    /// @param onAsked it was asked to speak just now, and is to be watched
    ResponseSlot(
            ModelOrders model,
            CallTimers timers,
            CallSettings settings,
            Consumer<String> silence,
            Consumer<String> onTrouble,
            Consumer<String> onSilent,
            Runnable onAsked) {
        this.model = model;
        this.timers = timers;
        this.settings = settings;
        this.silence = silence;
        this.onTrouble = onTrouble;
        this.onSilent = onSilent;
        this.onAsked = onAsked;
    }

    /// An answer is wanted, as soon as there can be one.
    void want(Purpose purpose) {
        wanted = Optional.of(purpose);
        askIfPossible();
    }

    void callerStartedSpeaking() {
        callerSpeaks = true;
        if (awaited) {
            awaited = false;
            watchFor(Duration.ZERO, Optional.empty());
        }
    }

    /// The model will answer by itself.
    void callerStoppedSpeaking() {
        callerSpeaks = false;
        if (!(state instanceof State.Requested)) {
            awaited = true;
            watchFor(settings.answerWithin(), Optional.of(this::noResponse));
        }
    }

    /// Marks the answer under way as one that nobody will hear.
    ///
    /// @return whether there was one
    boolean stopActive() {
        if (state instanceof State.Active(String id, Purpose purpose, boolean isStopping)
                && !isStopping) {
            state = new State.Active(id, purpose, true);
            watchFor(Duration.ZERO, Optional.empty());
            silence.accept(id);
            return true;
        }
        return false;
    }

    /// Stops the answer under way for something more important.
    void cancelActive() {
        if (state instanceof State.Active(String id, Purpose _, boolean isStopping)
                && !isStopping) {
            stopActive();
            model.cancel(id);
            watchFor(settings.answerWithin(), Optional.of(() -> onSilent.accept("no_response")));
        }
    }

    /// @param coversWanted whether this answer knows all we would ask for: then it is not asked for again
    void onCreated(String responseId, boolean coversWanted) {
        Purpose purpose = state instanceof State.Requested(Purpose asked) ? asked : Purpose.ANSWER;
        awaited = false;
        blockedTries = 0;
        if (coversWanted) {
            wanted = Optional.empty();
        }
        state = new State.Active(responseId, purpose, false);
        if (callerSpeaks) {
            stopActive();
            model.cancel(responseId);
        } else {
            watchFor(settings.audioWithin(), Optional.of(this::noAudio));
        }
    }

    /// The answer has something to say, or to do.
    void onProgress(String responseId) {
        if (isActive(responseId) && !awaited) {
            watchFor(Duration.ZERO, Optional.empty());
        }
    }

    void onDone(String responseId, Status status) {
        if (!isActive(responseId)) {
            return;
        }
        Purpose purpose = state instanceof State.Active active ? active.purpose() : lastAsked;
        state = new State.Free();
        if (!awaited) {
            watchFor(Duration.ZERO, Optional.empty());
        }
        switch (status) {
            case COMPLETED -> repeats = 0;
            case CANCELLED -> {}
            case TEXT_ONLY -> repeatAfterPause(purpose, "text_only");
            case INCOMPLETE -> repeatAfterPause(purpose, "response_incomplete");
            case FAILED, FAILED_FOR_GOOD -> repeatAfterPause(purpose, "response_failed");
        }
        askIfPossible();
    }

    /// An answer that was asked for was dropped, because another is under way.
    void onRefused() {
        switch (state) {
            case State.Requested(Purpose purpose) -> {
                wanted = wanted.or(() -> Optional.of(purpose));
                if (++blockedTries > BLOCKED_TRIES) {
                    onSilent.accept("no_response");
                    return;
                }
                state = new State.Blocked();
                watchFor(BLOCKED_PAUSE, Optional.of(this::unblock));
            }
            // The answer in the way is the very one that was late when we asked again.
            case State.Active _ when lastAskWasRepeat -> lastAskWasRepeat = false;
            case State.Active _ -> wanted = Optional.of(lastAsked);
            case State.Free(), State.Blocked() -> want(Purpose.ANSWER);
        }
    }

    /// There is no model to ask. What was under way is forgotten, what is wanted from now on waits for [#resume()].
    ///
    /// @return what the caller is owed, if anything
    Optional<Purpose> suspend() {
        Optional<Purpose> owed =
                switch (state) {
                    case State.Requested(Purpose asked) -> Optional.of(asked);
                    case State.Active(String _, Purpose purpose, boolean isStopping) ->
                            isStopping ? wantedOrAwaited() : Optional.of(purpose);
                    case State.Blocked() -> Optional.of(Purpose.ANSWER);
                    case State.Free() -> wantedOrAwaited();
                };
        suspended = true;
        state = new State.Free();
        wanted = Optional.empty();
        awaited = false;
        callerSpeaks = false;
        lastAskWasRepeat = false;
        repeats = 0;
        blockedTries = 0;
        watchFor(Duration.ZERO, Optional.empty());
        return owed;
    }

    private Optional<Purpose> wantedOrAwaited() {
        return wanted.or(() -> awaited ? Optional.of(Purpose.ANSWER) : Optional.empty());
    }

    /// There is one to ask, or one again.
    void resume() {
        suspended = false;
        askIfPossible();
    }

    /// The call is over: nothing is asked for any more.
    void close() {
        closed = true;
    }

    /// Whether an answer is under way that the caller is to hear.
    boolean isAnswering() {
        return state instanceof State.Active active && !active.isStopping();
    }

    boolean isQuiet() {
        return state instanceof State.Free
                && wanted.isEmpty()
                && !awaited
                && !pausing
                && !suspended;
    }

    private boolean isActive(String responseId) {
        return state instanceof State.Active active && active.responseId().equals(responseId);
    }

    private void askIfPossible() {
        if (state instanceof State.Free && !callerSpeaks && !awaited && !pausing && !suspended) {
            wanted.ifPresent(purpose -> ask(purpose, false));
        }
    }

    private void ask(Purpose purpose, boolean isRepeat) {
        if (closed) {
            return;
        }
        wanted = Optional.empty();
        lastAsked = purpose;
        lastAskWasRepeat = isRepeat;
        state = new State.Requested(purpose);
        watchFor(settings.answerWithin(), Optional.of(this::noResponse));
        model.respond(purpose);
        onAsked.run();
    }

    private void unblock() {
        state = new State.Free();
        askIfPossible();
    }

    private void noResponse() {
        awaited = false;
        if (state instanceof State.Active) {
            // It answers the caller's last but one sentence; the last is due when it is done.
            wanted = Optional.of(Purpose.ANSWER);
            return;
        }
        onTrouble.accept("no_response");
        if (++repeats > 1) {
            onSilent.accept("no_response");
            return;
        }
        ask(state instanceof State.Requested(Purpose asked) ? asked : Purpose.ANSWER, true);
    }

    private void noAudio() {
        if (!(state instanceof State.Active(String id, Purpose purpose, boolean _))) {
            return;
        }
        onTrouble.accept("no_audio");
        if (++repeats > 1) {
            onSilent.accept("no_audio");
            return;
        }
        state = new State.Active(id, purpose, true);
        wanted = wanted.or(() -> Optional.of(purpose));
        // Its audio may be on the way: the answer is asked for again and must not be heard twice.
        silence.accept(id);
        model.cancel(id);
        watchFor(settings.answerWithin(), Optional.of(() -> onSilent.accept("no_audio")));
    }

    private void repeatAfterPause(Purpose purpose, String trouble) {
        onTrouble.accept(trouble);
        wanted = wanted.or(() -> Optional.of(purpose));
        if (++repeats > 1) {
            onSilent.accept(trouble);
            return;
        }
        pausing = true;
        timers.after(
                PAUSE,
                () -> {
                    pausing = false;
                    askIfPossible();
                });
    }

    /// One watch at a time; without a task it is only put away.
    private void watchFor(Duration within, Optional<Runnable> task) {
        watch.cancel();
        watch = task.map(due -> timers.after(within, due)).orElse(NO_TIMER);
    }
}
