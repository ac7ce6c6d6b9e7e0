package org.telephonystack.stream.call;

import org.telephonystack.model.EndReason;
import org.telephonystack.model.tool.ToolResult;
import org.telephonystack.stream.call.ModelBrief.Spoken;
import org.telephonystack.stream.call.ModelEvent.ResponseDone;
import org.telephonystack.stream.call.ModelEvent.ToolRequested;
import org.telephonystack.stream.call.ModelEvent.Trouble;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Caller and assistant talking, from the greeting on: answers, interruptions, tools, the goodbye.
final class Conversation {

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
    private final CallerTurns caller;
    private final Answers answers;
    private final ModelChange change;

    private boolean greetingAsked;
    private List<ToolRequested> leftOpen = List.of();

    Conversation(
            CallStart start,
            CallPorts ports,
            CallSettings settings,
            CallTimers timers,
            ModelConnections connections,
            Consumer<EndReason> end) {
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
        this.farewell =
                new Farewell(voice, timers, settings.farewellGrace(), this::isMoreToCome, end);
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
        this.greeting = new Greeting(timers, model, voice, this::settle);
        this.turn = new TurnClock(ports.observer(), ports.time(), start.at());
        this.silence = new CallerSilence(ports, timers, settings, model, slot, farewell);
        this.handOver =
                new HandOver(
                        timers,
                        settings.handOverWithin(),
                        transcript::isComplete,
                        this::endAsPromised);
        this.truth = new SpokenTruth(ports);
        this.lines = new OwedLines(model, slot);
        this.deadAir =
                new DeadAir(
                        ports,
                        timers,
                        voice,
                        settings.reconnect().clipAfter(),
                        connections::language,
                        this::isSilenceOwed);
        this.pulse =
                new Pulse(
                        timers,
                        settings.answerWithin(),
                        this::isModelDue,
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
        this.caller = new CallerTurns(talk, this::onEmergencyHeard, this::settle);
        this.answers = new Answers(talk, caller::cutOffClaim);
        this.change = new ModelChange(talk, answers, caller::isSpeaking);
        deadAir.begin();
    }

    /// What the caller says and presses.
    CallerTurns caller() {
        return caller;
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
        caller.goesOn(soFar);
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
        caller.onFirstWords();
        change.askForFirstWords();
        slot.resume();
        greetingAsked = true;
        errands.takeUp(leftOpen);
        silence.begin(this::settle, () -> endAsPromised(EndReason.ASSISTANT_ENDED));
    }

    void onModelDown(boolean unnoticed) {
        change.onDown(caller.connectionLost(), unnoticed);
    }

    void onModelBack(boolean soundLost) {
        change.onBack(soundLost);
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
                && !caller.isSpeaking()
                && !caller.isPressingKeys()
                && !voice.isPlaying()
                && !farewell.isUnderWay()
                && transcript.isComplete();
    }

    /// Before a line that is to be closed may be.
    private boolean isMoreToCome() {
        return !errands.isIdle() || (model.isUp() ? !slot.isQuiet() : !lines.isEmpty());
    }

    private void endAsPromised(EndReason otherwise) {
        end.accept(farewell.promised().orElse(otherwise));
    }

    private boolean isSilenceOwed() {
        return !caller.isSpeaking() && (!model.isUp() || !slot.isQuiet());
    }

    /// While the caller speaks a server says nothing, whatever is wanted of it.
    private boolean isModelDue() {
        return model.isUp() && !slot.isQuiet() && !caller.isSpeaking();
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

    /// How the call ends where no model is to be had.
    EndReason endWithoutModel(EndReason reason) {
        return farewell.promised().orElse(handOver.isWanted() ? EndReason.HANDED_OVER : reason);
    }

    void onTimestamp(long timestampMillis) {
        if (voice.onTimestamp(timestampMillis)) {
            onHeard();
        }
    }

    void onMark(String name) {
        if (voice.onMark(name)) {
            onHeard();
        }
    }

    private void onHeard() {
        if (voice.isHeardSpeaking()) {
            turn.audioHeard();
            greeting.onAudioHeard();
        }
        voice.takeHeard().forEach(transcript::heard);
        settle();
    }

    private void onToolResult(ToolRequested call, ToolResult result) {
        transcript.fact(ToolScripts.inWords(call, result));
        truth.onResult(call, result);
        if (errands.isIdle()) {
            // An answer is asked for anyway, once the model has the result.
            truth.judge(lines::addToAnswer);
        }
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
        if (!voice.isPlaying()) {
            lines.onHeard();
        }
        farewell.check();
        boolean isIdle = slot.isQuiet() && errands.isIdle();
        if (isIdle && !voice.isPlaying()) {
            turn.end(false);
        }
        if (!isIdle || !greeting.isOver() || caller.isSpeaking() || caller.isPressingKeys()) {
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

    private void onEmergencyHeard() {
        answers.cutShortIfUnaware();
    }

    private void onModelTrouble(String code) {
        talk.observe(new CallEvent.ModelTrouble(Trouble.PASSING, code));
    }
}
