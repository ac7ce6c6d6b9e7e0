package org.telephonystack.stream.call;

import org.telephonystack.model.EndReason;
import org.telephonystack.model.tool.ToolResult;
import org.telephonystack.stream.call.ModelBrief.Spoken;
import org.telephonystack.stream.call.ModelEvent.ResponseDone;
import org.telephonystack.stream.call.ModelEvent.ToolRequested;
import org.telephonystack.stream.call.ModelEvent.Trouble;
import org.telephonystack.stream.call.PlaybackLedger.Unheard;
import org.telephonystack.stream.call.VoiceModel.Purpose;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Caller and assistant talking, from the greeting on: answers, interruptions, tools, the goodbye.
final class Conversation {

    /// Keys come one by one; an answer is due when no further one follows.
    private static final Duration AFTER_LAST_KEY = Duration.ofSeconds(2);

    private final CallPorts ports;
    private final CallTimers timers;
    private final ModelLine model;
    private final ModelConnections connections;
    private final Consumer<EndReason> end;

    private final AssistantVoice voice;
    private final ResponseSlot slot;
    private final Errands errands;
    private final Greeting greeting;
    private final Farewell farewell;
    private final Transcript transcript;
    private final TurnClock turn;
    private final CallerSilence silence;
    private final HandOver handOver;
    private final DeadAir deadAir;
    private final SpokenTruth truth;
    private final OwedLines lines;
    private final Pulse pulse;
    private final Talk talk;
    private final Answers answers;
    private final ModelChange change;

    private boolean callerSpeaks;
    private boolean emergency;
    private boolean greetingAsked;
    private List<ToolRequested> leftOpen = List.of();
    private CallTime.Timer keys = () -> {};

    Conversation(
            CallStart start,
            CallPorts ports,
            CallSettings settings,
            CallTimers timers,
            ModelConnections connections,
            Consumer<EndReason> end) {
        this.ports = ports;
        this.timers = timers;
        this.connections = connections;
        this.model = connections.line();
        this.end = end;
        this.voice = new AssistantVoice(ports.caller());
        this.transcript = new Transcript(ports.journal(), ports.time());
        this.slot =
                new ResponseSlot(
                        model,
                        timers,
                        settings,
                        voice::discard,
                        this::onModelTrouble,
                        connections::onStalled,
                        this::onAsked);
        this.farewell = new Farewell(voice, timers, settings.farewellGrace(), end);
        this.errands =
                new Errands(
                        start,
                        ports,
                        settings,
                        timers,
                        model,
                        voice,
                        slot,
                        farewell,
                        this::onToolResult);
        this.greeting = new Greeting(timers, model, this::settle);
        this.turn = new TurnClock(ports.observer(), ports.time(), start.at());
        this.silence = new CallerSilence(ports, timers, settings, model, slot, farewell);
        this.handOver =
                new HandOver(timers, settings.handOverWithin(), transcript::isComplete, end);
        this.truth = new SpokenTruth(ports);
        this.lines = new OwedLines(model, slot);
        this.deadAir =
                new DeadAir(
                        ports,
                        timers,
                        voice,
                        settings.reconnect().clipAfter(),
                        connections::language,
                        this::isSilenceOwed,
                        () -> slot.isAnswering() || !greeting.isSent());
        this.pulse =
                new Pulse(
                        timers,
                        settings.answerWithin(),
                        () -> model.isUp() && !slot.isQuiet(),
                        connections::takeSignOfLife,
                        () -> connections.onStalled("stalled"));
        this.talk =
                new Talk(
                        ports,
                        settings,
                        timers,
                        connections,
                        voice,
                        transcript,
                        slot,
                        errands,
                        greeting,
                        farewell,
                        turn,
                        silence,
                        deadAir,
                        pulse,
                        truth,
                        lines);
        this.answers = new Answers(talk, this::cutOffClaim);
        this.change = new ModelChange(talk, answers, () -> callerSpeaks);
        deadAir.begin();
    }

    /// What the assistant says and wants.
    Answers answers() {
        return answers;
    }

    /// What is known of the caller and the business.
    void knows(CallContext context, boolean isResumed) {
        truth.knows(context, isResumed);
    }

    /// What was said on earlier streams of the call.
    ///
    /// @param firstWords what the assistant is to say in place of a greeting
    void goesOn(List<Spoken> soFar, String firstWords) {
        transcript.begin(soFar);
        change.sayFirst(firstWords);
    }

    /// How long ago the call began, where it did so on an earlier stream.
    void lasted(Duration earlier) {
        silence.lasted(earlier);
    }

    /// Tools that earlier streams of the call had under way.
    void takesUp(List<ToolRequested> underWay) {
        leftOpen = underWay;
        if (greetingAsked) {
            // They are known late; the model may speak already.
            leftOpen.forEach(errands::tellUnderWay);
            errands.takeUp(leftOpen);
        }
    }

    void greet() {
        if (change.isGreeting()) {
            talk.observe(new CallEvent.GreetingTriggered());
        }
        turn.begin();
        leftOpen.forEach(errands::tellUnderWay);
        change.askForFirstWords();
        greetingAsked = true;
        errands.takeUp(leftOpen);
        silence.begin(this::settle, () -> end.accept(EndReason.ASSISTANT_ENDED));
    }

    void onModelDown(boolean unnoticed) {
        boolean callerSpoke = callerSpeaks;
        callerSpeaks = false;
        change.onDown(callerSpoke, unnoticed);
    }

    void onModelBack() {
        change.onBack();
        settle();
    }

    /// Another connection has taken over, with all that was said.
    void onModelRotated() {
        answers.connectionLost();
        // Marks can be lost: what counts as heard by now may still stand in the ledger.
        voice.takeHeard().forEach(transcript::heard);
        errands.connectionLost();
        transcript.connectionLost(voice.connectionLost(), truth::said);
        settle();
    }

    List<Spoken> soFar() {
        return transcript.soFar();
    }

    /// Nobody speaks, nothing is unheard, nothing is under way, and all that was said is written down.
    boolean isQuiet() {
        return slot.isQuiet()
                && errands.isIdle()
                && greeting.isOver()
                && !callerSpeaks
                && !voice.isPlaying()
                && !farewell.isUnderWay()
                && transcript.isComplete();
    }

    private boolean isSilenceOwed() {
        return !callerSpeaks && (!model.isUp() || !slot.isQuiet());
    }

    /// Whatever the model is asked for, somebody waits for it.
    private void onAsked() {
        deadAir.begin();
        pulse.watch();
    }

    /// Ends the call at its next quiet moment, for another process to go on with it.
    void handOver() {
        handOver.begin(this::settle);
    }

    boolean isToBeHandedOver() {
        return handOver.isWanted();
    }

    void onTimestamp(long timestampMillis) {
        voice.onTimestamp(timestampMillis);
    }

    void onMark(String name) {
        if (!voice.onMark(name)) {
            return;
        }
        turn.audioHeard();
        greeting.onAudioHeard();
        voice.takeHeard().forEach(transcript::heard);
        settle();
    }

    void onDtmf(String digit) {
        String pressed = "The caller pressed the key " + digit + " on the telephone's keypad.";
        transcript.fact(pressed);
        model.note(pressed);
        silence.callerIsThere();
        keys.cancel();
        keys = timers.after(AFTER_LAST_KEY, this::onLastKey);
    }

    private void onLastKey() {
        if (slot.isQuiet()) {
            turn.begin();
        }
        // An answer that is under way knows nothing of the key yet: one more follows it.
        slot.want(Purpose.ANSWER);
    }

    void onCallerSpeechStarted() {
        callerSpeaks = true;
        deadAir.end();
        silence.callerIsThere();
        errands.callerStarted();
        if (!greeting.isOver()) {
            greeting.callerSpeaks(true);
            return;
        }
        slot.callerStartedSpeaking();
        model.nothingIsDue();
        farewell.callOff();
        keys.cancel();
        boolean isStopped = slot.stopActive();
        boolean isCut = voice.isPlaying();
        List<Unheard> unheard = cutOff(truth::said);
        if (errands.isIdle()) {
            truth.judge(lines::addToAnswer);
        }
        if (isCut) {
            talk.observe(
                    new CallEvent.BargedIn(unheard.stream().mapToLong(Unheard::heardMillis).sum()));
        }
        turn.end(isCut || isStopped);
    }

    /// What is playing stops, and the model is told how much of it was heard.
    ///
    /// @param said gets what was heard of a line that was not whole yet
    private List<Unheard> cutOff(Consumer<String> said) {
        List<Unheard> unheard = voice.interrupt();
        for (Unheard item : unheard) {
            boolean isGrowing = transcript.isGrowing(item.itemId());
            String heard = transcript.interrupted(item);
            if (isGrowing) {
                said.accept(heard);
            }
            if (voice.isOfThisModel(item.itemId())) {
                model.truncate(item.itemId(), item.heardMillis());
            } else if (!heard.isEmpty()) {
                model.note(
                        "The caller interrupted you, and of what you said last heard only: "
                                + heard);
            }
        }
        return unheard;
    }

    /// What is being said is not true: judged already, and put right at once.
    private void cutOffClaim() {
        slot.cancelActive();
        cutOff(_ -> {});
    }

    /// Nothing that the assistant may be saying is more important; the line is ours, not the model's.
    private void onEmergency(String line) {
        emergency = true;
        talk.observe(new CallEvent.EmergencyHeard());
        slot.cancelActive();
        cutOff(truth::said);
        answers.cutShortIfUnaware();
        lines.add(
                "The caller may be in an emergency. Before anything else say exactly this, word for word: \""
                        + line
                        + "\"");
    }

    private void onToolResult(ToolRequested call, ToolResult result) {
        transcript.fact(ToolScripts.inWords(call, result));
        truth.onResult(call.name(), result);
        if (errands.isIdle()) {
            // An answer is asked for anyway, once the model has the result.
            truth.judge(lines::addToAnswer);
        }
    }

    void onCallerSpeechStopped() {
        callerSpeaks = false;
        silence.callerIsThere();
        errands.callerStopped(greeting.isOver());
        deadAir.begin();
        if (!greeting.isOver()) {
            greeting.callerSpeaks(false);
            return;
        }
        turn.begin();
        slot.callerStoppedSpeaking();
        model.callerStopped();
        pulse.watch();
    }

    void onCallerItem(String itemId) {
        transcript.callerItem(itemId);
    }

    void onCallerTranscript(String itemId, String text) {
        transcript.callerWords(itemId, text);
        if (!emergency) {
            ports.emergencies().of(text).ifPresent(this::onEmergency);
        }
        settle();
    }

    void onToolAnswerTaken(String callId) {
        errands.onAnswerTaken(callId);
    }

    void onResponseDone(ResponseDone done) {
        answers.onDone(done);
        settle();
    }

    void onResponseRefused() {
        slot.onRefused();
    }

    /// The line is dead, or about to be: what was heard until now is all that ever will be.
    Optional<Duration> close() {
        slot.close();
        voice.stop().forEach(transcript::interrupted);
        turn.end(false);
        return turn.firstAudioOfCall();
    }

    private void settle() {
        farewell.check();
        boolean isIdle = slot.isQuiet() && errands.isIdle();
        if (isIdle && !voice.isPlaying()) {
            turn.end(false);
        }
        if (!isIdle || !greeting.isOver() || callerSpeaks) {
            silence.disturbed();
        } else if (voice.isPlaying() || farewell.isUnderWay() || !handOver.onQuiet(this::settle)) {
            silence.quiet(voice.unheardMillis());
        }
        if (slot.isQuiet() && model.isUp()) {
            deadAir.end();
        }
        if (isQuiet()) {
            connections.onQuiet();
        }
    }

    private void onModelTrouble(String code) {
        talk.observe(new CallEvent.ModelTrouble(Trouble.PASSING, code));
    }
}
