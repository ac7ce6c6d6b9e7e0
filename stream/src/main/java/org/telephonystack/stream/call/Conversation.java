package org.telephonystack.stream.call;

import org.telephonystack.model.EndReason;
import org.telephonystack.model.tool.ToolResult;
import org.telephonystack.stream.call.ModelBrief.Spoken;
import org.telephonystack.stream.call.ModelEvent.ResponseDone;
import org.telephonystack.stream.call.ModelEvent.Status;
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

    /// After a break in which the caller spoke: by then they are heard again, or they have said what they had to say.
    private static final Duration STILL_SPEAKING = Duration.ofSeconds(1);

    /// No item's name, not even an empty one.
    private static final String NO_ITEM = "\0";

    private final CallPorts ports;
    private final CallTimers timers;
    private final ModelLine model;
    private final ModelConnections connections;
    private final CallSettings settings;
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
    private final Pulse pulse;

    private Optional<String> firstWords = Optional.empty();
    private Outage outage = Outage.NONE;
    private boolean callerSpeaks;
    private boolean emergency;
    private boolean answerHadAudio;
    private String speakingItem = NO_ITEM;
    private String response = NO_ITEM;
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
        this.settings = settings;
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
                        connections::onStalled);
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
        this.deadAir =
                new DeadAir(ports, timers, voice, connections::language, this::isSilenceOwed);
        this.pulse =
                new Pulse(
                        timers,
                        settings.answerWithin(),
                        () -> model.isUp() && !slot.isQuiet(),
                        connections::takeSignOfLife,
                        () -> connections.onStalled("stalled"));
        deadAir.begin(settings.reconnect().clipAfter());
    }

    /// What is known of the caller and the business.
    void knows(CallContext context, boolean isResumed) {
        truth.knows(context, isResumed);
    }

    /// What was said on earlier streams of the call.
    ///
    /// @param firstWords what the assistant is to say first; empty where it greets
    void goesOn(List<Spoken> soFar, Optional<String> firstWords) {
        transcript.begin(soFar);
        this.firstWords = firstWords;
    }

    void greet() {
        if (firstWords.isEmpty()) {
            observe(new CallEvent.GreetingTriggered());
        }
        turn.begin();
        askForFirstWords();
        pulse.watch();
        silence.begin(this::settle, () -> end.accept(EndReason.ASSISTANT_ENDED));
    }

    private void askForFirstWords() {
        firstWords.ifPresent(model::note);
        slot.want(Purpose.GREETING);
        deadAir.begin(slowAnswer());
    }

    /// No model serves the call. What is on its way to the caller is heard all the same.
    void onModelDown() {
        boolean brokeOff = answerHadAudio && slot.isAnswering();
        boolean callerSpoke = callerSpeaks;
        callerSpeaks = false;
        if (!greeting.isOver()) {
            greeting.callerSpeaks(false);
        }
        errands.connectionLost();
        boolean wordsLost = transcript.connectionLost(voice.connectionLost());
        response = NO_ITEM;
        outage = new Outage(slot.suspend(), brokeOff, callerSpoke, wordsLost);
        speakingItem = NO_ITEM;
        silence.disturbed();
        if (outage.isSilenceOwed() || !errands.isIdle()) {
            deadAir.begin(settings.reconnect().clipAfter());
        }
    }

    /// Another model serves the call and has read what was said. It is asked for what the caller is owed, and for nothing else.
    void onModelBack() {
        if (!greeting.isSent()) {
            askForFirstWords();
        } else if (outage.callerSpoke()) {
            // If they still speak, or are heard in the sound that was kept, the model says so.
            timers.after(STILL_SPEAKING, this::onNothingHeard);
        } else {
            outage.explanation().ifPresent(model::note);
            outage.owed().ifPresent(slot::want);
        }
        errands.tellNextModel();
        if (farewell.isToBeSaid()) {
            model.note(Outage.SAY_GOODBYE);
            slot.want(Purpose.WORDS_ONLY);
        }
        slot.resume();
        pulse.watch();
        settle();
    }

    private void onNothingHeard() {
        if (!callerSpeaks && slot.isQuiet() && errands.isIdle()) {
            model.note(Outage.WORDS_LOST);
            slot.want(Purpose.ANSWER);
            pulse.watch();
        }
    }

    /// Another connection has taken over, with all that was said.
    void onModelRotated() {
        speakingItem = NO_ITEM;
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
        return !callerSpeaks && (!model.isUp() || (!slot.isQuiet() && errands.isIdle()));
    }

    /// A model that is up may take twice as long as none: mostly it is about to speak.
    private Duration slowAnswer() {
        return settings.reconnect().clipAfter().multipliedBy(2);
    }

    /// Ends the call at its next quiet moment, for another process to go on with it.
    void handOver() {
        handOver.begin(this::settle);
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
        pulse.watch();
    }

    void onAudio(String responseId, String itemId, String text, int from, int to) {
        // What was said beside the conversation is not for the caller.
        if (!responseId.equals(response) || !voice.play(responseId, itemId, text, from, to)) {
            return;
        }
        if (itemId.equals(speakingItem)) {
            return;
        }
        // Once per item, not per frame.
        speakingItem = itemId;
        slot.onProgress(responseId);
        answerHadAudio = true;
        deadAir.end();
        transcript.assistantAudio(itemId, turn.began());
        turn.audioSent();
        greeting.onAudioSent();
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
        farewell.callOff();
        keys.cancel();
        boolean isStopped = slot.stopActive();
        boolean isCut = voice.isPlaying();
        List<Unheard> unheard = cutOff();
        if (isCut) {
            observe(new CallEvent.BargedIn(unheard.stream().mapToLong(Unheard::heardMillis).sum()));
        }
        turn.end(isCut || isStopped);
    }

    /// What is playing stops, and the model is told how much of it was heard.
    private List<Unheard> cutOff() {
        List<Unheard> unheard = voice.interrupt();
        for (Unheard item : unheard) {
            String heard = transcript.interrupted(item);
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

    /// Nothing that the assistant may be saying is more important; the line is ours, not the model's.
    private void onEmergency(String line) {
        emergency = true;
        observe(new CallEvent.EmergencyHeard());
        slot.cancelActive();
        cutOff();
        sayNext(
                "The caller may be in an emergency. Before anything else say exactly this, word for word: \""
                        + line
                        + "\"");
    }

    private void onToolResult(ToolRequested call, ToolResult result) {
        transcript.fact(ToolScripts.inWords(call, result));
        truth.onResult(call.name(), result);
        // An answer is asked for anyway, once the model has the result.
        judgeWhatWasSaid(model::note);
    }

    private void judgeWhatWasSaid(Consumer<String> correct) {
        if (errands.isIdle()) {
            truth.judge(correct);
        }
    }

    private void sayNext(String note) {
        model.note(note);
        slot.want(Purpose.WORDS_ONLY);
        pulse.watch();
    }

    void onCallerSpeechStopped() {
        callerSpeaks = false;
        silence.callerIsThere();
        errands.callerStopped(greeting.isOver());
        if (!greeting.isOver()) {
            greeting.callerSpeaks(false);
            return;
        }
        turn.begin();
        slot.callerStoppedSpeaking();
        deadAir.begin(slowAnswer());
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

    void onResponseCreated(String responseId) {
        response = responseId;
        answerHadAudio = false;
        silence.disturbed();
        // A server may count its items anew in every answer.
        speakingItem = NO_ITEM;
        slot.onCreated(responseId, errands.isModelUpToDate());
        pulse.watch();
    }

    void onAssistantWords(String responseId, String itemId, String words) {
        if (!responseId.equals(response)) {
            return;
        }
        transcript.assistantWords(itemId, words, turn.began());
    }

    void onAssistantItemDone(String itemId) {
        truth.said(transcript.itemDone(itemId));
        voice.itemDone(itemId);
        voice.takeHeard().forEach(transcript::heard);
    }

    void onToolRequested(ToolRequested call) {
        if (!call.responseId().equals(response)) {
            return;
        }
        slot.onProgress(call.responseId());
        errands.onRequested(call);
    }

    void onToolAnswerTaken(String callId) {
        errands.onAnswerTaken(callId);
    }

    void onResponseDone(ResponseDone done) {
        observe(new CallEvent.ResponseEnded(done.responseId(), done.status(), done.usage()));
        voice.responseDone(done.responseId());
        voice.takeHeard().forEach(transcript::heard);
        if (done.status() == Status.FAILED_FOR_GOOD) {
            connections.onRefused("response_failed");
            return;
        }
        List<ToolRequested> calls = errands.onResponseDone(done);
        slot.onDone(done.responseId(), done.status());
        errands.carryOut(calls, answerHadAudio);
        judgeWhatWasSaid(this::sayNext);
        if (done.status() == Status.COMPLETED) {
            farewell.onAnswerDone(!calls.isEmpty());
            greeting.onAnswerComplete();
        }
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
        observe(new CallEvent.ModelTrouble(Trouble.PASSING, code));
    }

    private void observe(CallEvent event) {
        ports.observer().on(event, ports.time().now());
    }
}
