package org.telephonystack.stream.call;

import org.telephonystack.model.EndReason;
import org.telephonystack.stream.call.ModelBrief.Spoken;
import org.telephonystack.stream.call.ModelEvent.Trouble;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The connections to a model that serve a call, one after the other. One that is lost, falls silent or refuses us is
/// replaced, and the conversation told to the next as text; one that will expire is replaced in a quiet moment before it does.
///
/// ```text
/// CONNECTING ──ready──▶ UP ──lost, stalled, refused──▶ DOWN: connect, replay ──ready──▶ UP
///     │                 │                                 │  ▲
///     │                 └─ expires soon, quiet: another   │  │ failed: once more, after a pause,
///     │                    is opened beside it, replayed, │  │ at the next endpoint
///     │                    and takes over                 └──┘
///     └── failed: once more …                             too often, or for too long: given up
/// ```
///
/// What still comes from a connection that was replaced finds nobody.
final class ModelConnections {

    /// The call, as its connections see it.
    interface Call extends VoiceModelEvents {

        /// Takes a step of ours; a defect in it ends the call.
        void step(Runnable step);

        /// The first connection is ready.
        void onReady();

        /// The connection that served the call is gone; another one is looked for.
        ///
        /// @param unnoticed for a while: what the caller said meanwhile reached nobody, if they said anything
        void onDown(boolean unnoticed);

        /// Another connection serves the call, and knows what was said.
        ///
        /// @param soundLost some of the caller's reached nobody
        void onBack(boolean soundLost);

        /// Another connection has taken over from one that was about to expire, in a quiet moment.
        void onRotated();

        /// There is no other connection.
        void onGivenUp(EndReason reason);

        /// What the next connection has to know.
        List<Spoken> soFar();

        /// Whether a connection can be replaced now without anybody noticing.
        boolean isQuiet();
    }

    private static final Duration ROTATION_RETRY = Duration.ofSeconds(30);

    private final CallPorts ports;
    private final CallSettings.Reconnect settings;
    private final CallTimers timers;
    private final Call call;
    private final Ladder ladder;
    private final ModelLine line;

    private Connection current;
    private Optional<Connection> beside = Optional.empty();
    private Optional<ModelBrief> brief = Optional.empty();
    private boolean wasUp;
    private boolean closed;
    private boolean rotationDue;
    private boolean heardSomething = true;
    private Instant downSince = Instant.EPOCH;
    private Instant upSince = Instant.EPOCH;
    private String lostFrom = "";
    private String cause = "";
    private CallTime.Timer limit = () -> {};
    private CallTime.Timer expiry = () -> {};

    /// Connects.
    ModelConnections(CallPorts ports, CallSettings settings, CallTimers timers, Call call) {
        this.ports = ports;
        this.settings = settings.reconnect();
        this.timers = timers;
        this.call = call;
        this.ladder = new Ladder(this.settings.attempts());
        this.current = new Connection(0, Optional.empty());
        this.line = new ModelLine(ports, this.settings.keptAudio(), current.model);
    }

    ModelLine line() {
        return line;
    }

    /// Says who the assistant is, to this connection and to all that follow.
    void configure(ModelBrief known) {
        brief = Optional.of(known);
        if (current.isLive) {
            current.replay(known, known.soFar());
        }
    }

    /// ISO 639-1, where it is known by now.
    Optional<String> language() {
        return brief.flatMap(ModelBrief::language);
    }

    /// Whether the model has said anything since this was asked last.
    boolean takeSignOfLife() {
        boolean heard = heardSomething;
        heardSomething = false;
        return heard;
    }

    /// The model does not do what is due, though its connection stands.
    void onStalled(String code) {
        if (line.isUp()) {
            current.model.close();
            lost(Trouble.PASSING, EndReason.MODEL_SILENT, code);
        }
    }

    /// The model will not serve us any more, though its connection stands.
    void onRefused(String code) {
        if (line.isUp()) {
            current.model.close();
            lost(Trouble.LASTING, EndReason.MODEL_REFUSED, code);
        }
    }

    /// Nobody speaks and nothing is under way: the moment to replace a connection that will expire.
    void onQuiet() {
        if (!closed && rotationDue && line.isUp() && beside.isEmpty() && brief.isPresent()) {
            var next = new Connection(0, Optional.empty());
            beside = Optional.of(next);
            next.replay(brief.get(), call.soFar());
        }
    }

    void close() {
        closed = true;
        // The step that ended the call may still have something to say.
        line.down();
        current.model.close();
        dropBeside();
    }

    private void onReady() {
        if (line.isUp()) {
            return;
        }
        heardSomething = true;
        watchExpiry();
        line.up(current.model);
        upSince = ports.time().now();
        if (wasUp) {
            limit.cancel();
            Duration outage = Duration.between(downSince, ports.time().now());
            replaced(lostFrom, cause, outage);
            call.onBack(line.hasLostAudio());
            if (!closed) {
                line.passKeptAudio();
            }
        } else {
            wasUp = true;
            call.onReady();
        }
    }

    private void lost(Trouble trouble, EndReason why, String detail) {
        boolean served = line.isUp();
        current.isLive = false;
        line.down();
        expiry.cancel();
        dropBeside();
        observe(new CallEvent.ModelTrouble(trouble, detail));
        Instant now = ports.time().now();
        if (served && upSince.plus(settings.within()).isBefore(now)) {
            // It has stood for a while, though nobody may have spoken.
            ladder.served();
        }
        ladder.failed(why);
        if (served) {
            downSince = now;
            lostFrom = current.model.endpoint();
            cause = detail;
            limit = timers.after(settings.within(), this::giveUp);
            call.onDown(detail.equals(ModelEvent.Lost.PING_UNANSWERED));
        }
        if (ladder.isAtItsEnd()) {
            giveUp();
        } else if (ladder.pause().isZero()) {
            connectAgain();
        } else {
            timers.after(ladder.pause(), this::connectAgain);
        }
    }

    private void connectAgain() {
        if (!closed) {
            current = new Connection(ladder.failures(), Optional.of(current.model.endpoint()));
            brief.ifPresent(known -> {
                // A connection that waited for a call may be ready within this step.
                List<Spoken> soFar = call.soFar();
                line.forgetNotes();
                current.replay(known, soFar);
            });
        }
    }

    private void giveUp() {
        if (!line.isUp() && !closed) {
            call.onGivenUp(ladder.reason());
        }
    }

    private void watchExpiry() {
        Duration life = current.model.longestSession();
        boolean isLong = life.compareTo(settings.rotateBefore().multipliedBy(2)) > 0;
        rotateAfter(isLong ? life.minus(settings.rotateBefore()) : life.dividedBy(2));
    }

    private void rotateAfter(Duration delay) {
        rotationDue = false;
        expiry.cancel();
        expiry =
                timers.after(
                        delay,
                        () -> {
                            rotationDue = true;
                            if (call.isQuiet()) {
                                onQuiet();
                            }
                        });
    }

    private void onBeside(ModelEvent event) {
        switch (event) {
            case ModelEvent.Ready() -> takeOver();
            case ModelEvent.Lost lost -> {
                observe(new CallEvent.ModelTrouble(lost.trouble(), lost.detail()));
                beside = Optional.empty();
                rotateAfter(ROTATION_RETRY);
            }
            default -> {}
        }
    }

    /// Not if somebody has spoken meanwhile: then it happens in the next quiet moment, with what was said until then.
    private void takeOver() {
        Connection next = beside.orElseThrow();
        if (!call.isQuiet() || !next.knows(call.soFar())) {
            dropBeside();
            if (call.isQuiet()) {
                onQuiet();
            }
            return;
        }
        beside = Optional.empty();
        Connection old = current;
        current = next;
        heardSomething = true;
        old.model.close();
        watchExpiry();
        line.up(current.model);
        upSince = ports.time().now();
        replaced(old.model.endpoint(), "expires", Duration.ZERO);
        call.onRotated();
    }

    private void dropBeside() {
        beside.ifPresent(next -> next.model.close());
        beside = Optional.empty();
    }

    private void replaced(String from, String why, Duration outage) {
        observe(new CallEvent.ModelReplaced(from, current.model.endpoint(), why, outage));
    }

    private void observe(CallEvent event) {
        ports.observer().on(event, ports.time().now());
    }

    /// One connection, for as long as it is the call's.
    private final class Connection implements VoiceModelEvents {

        final VoiceModel model;
        private boolean isLive = true;
        private List<Spoken> told = List.of();

        Connection(int failures, Optional<String> after) {
            this.model = ports.models().connect(this, failures, after);
        }

        void replay(ModelBrief brief, List<Spoken> soFar) {
            told = soFar;
            model.configure(brief.withSoFar(soFar));
        }

        boolean knows(List<Spoken> soFar) {
            return told.equals(soFar);
        }

        @Override
        public void onAudio(String responseId, String itemId, String text, int from, int to) {
            if (this == current && isLive && !closed) {
                heardSomething = true;
                ladder.served();
                call.onAudio(responseId, itemId, text, from, to);
            }
        }

        @Override
        public void on(ModelEvent event) {
            if (!closed && isLive) {
                call.step(() -> take(event));
            }
        }

        private void take(ModelEvent event) {
            if (this != current) {
                if (beside.filter(next -> next == this).isPresent()) {
                    onBeside(event);
                }
                return;
            }
            switch (event) {
                case ModelEvent.Ready() -> onReady();
                case ModelEvent.Lost(Trouble trouble, String detail) ->
                        lost(trouble, Ladder.reason(trouble), detail);
                default -> {
                    heardSomething = true;
                    // One that is not ready yet has heard nobody and answers nobody.
                    if (line.isUp() || event instanceof ModelEvent.Complaint) {
                        call.on(event);
                    }
                }
            }
        }
    }
}
