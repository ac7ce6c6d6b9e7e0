package org.telephonystack.stream.call;

import org.telephonystack.model.EndReason;
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

    /// No item's name, not even an empty one.
    private static final String NO_ITEM = "\0";

    private final CallPorts ports;
    private final CallTimers timers;
    private final VoiceModel model;
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

    private boolean callerSpeaks;
    private boolean answerHadAudio;
    private String speakingItem = NO_ITEM;
    private CallTime.Timer keys = () -> {};

    Conversation(
            CallStart start,
            CallPorts ports,
            CallSettings settings,
            CallTimers timers,
            VoiceModel model,
            Consumer<EndReason> end) {
        this.ports = ports;
        this.timers = timers;
        this.model = model;
        this.end = end;
        this.voice = new AssistantVoice(ports.caller());
        this.slot =
                new ResponseSlot(
                        model,
                        timers,
                        settings,
                        voice::discard,
                        this::onModelTrouble,
                        this::onModelSilent);
        this.farewell = new Farewell(voice, timers, settings.farewellGrace(), end);
        this.errands = new Errands(start, ports, settings, timers, model, voice, slot, farewell);
        this.greeting = new Greeting(timers, model, this::settle);
        this.transcript = new Transcript(ports.journal(), ports.time());
        this.turn = new TurnClock(ports.observer(), ports.time(), start.at());
        this.silence = new CallerSilence(ports, timers, settings, model, slot, farewell);
        this.handOver =
                new HandOver(timers, settings.handOverWithin(), transcript::isComplete, end);
    }

    void greet() {
        observe(new CallEvent.GreetingTriggered());
        turn.begin();
        slot.want(Purpose.GREETING);
        silence.begin(this::settle, () -> end.accept(EndReason.ASSISTANT_ENDED));
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
        model.note("The caller pressed the key " + digit + " on the telephone's keypad.");
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

    void onAudio(String responseId, String itemId, String text, int from, int to) {
        if (!voice.play(responseId, itemId, text, from, to)) {
            return;
        }
        if (itemId.equals(speakingItem)) {
            return;
        }
        // Once per item, not per frame.
        speakingItem = itemId;
        slot.onProgress(responseId);
        answerHadAudio = true;
        transcript.assistantAudio(itemId, turn.began());
        turn.audioSent();
        greeting.onAudioSent();
    }

    void onCallerSpeechStarted() {
        callerSpeaks = true;
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
        List<Unheard> unheard = voice.interrupt();
        if (isCut) {
            observe(new CallEvent.BargedIn(unheard.stream().mapToLong(Unheard::heardMillis).sum()));
        }
        for (Unheard item : unheard) {
            model.truncate(item.itemId(), item.heardMillis());
            transcript.interrupted(item);
        }
        turn.end(isCut || isStopped);
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
    }

    void onCallerItem(String itemId) {
        transcript.callerItem(itemId);
    }

    void onCallerTranscript(String itemId, String text) {
        transcript.callerWords(itemId, text);
        settle();
    }

    void onResponseCreated(String responseId) {
        answerHadAudio = false;
        silence.disturbed();
        // A server may count its items anew in every answer.
        speakingItem = NO_ITEM;
        slot.onCreated(responseId, errands.isModelUpToDate());
    }

    void onAssistantWords(String itemId, String words) {
        transcript.assistantWords(itemId, words, turn.began());
    }

    void onAssistantItemDone(String itemId) {
        voice.itemDone(itemId);
        voice.takeHeard().forEach(transcript::heard);
    }

    void onToolRequested(ToolRequested call) {
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
            end.accept(EndReason.MODEL_REFUSED);
            return;
        }
        List<ToolRequested> calls = errands.onResponseDone(done);
        slot.onDone(done.responseId(), done.status());
        errands.carryOut(calls, answerHadAudio);
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
        } else if (voice.isPlaying() || !handOver.onQuiet(this::settle)) {
            silence.quiet(voice.unheardMillis());
        }
    }

    private void onModelTrouble(String code) {
        observe(new CallEvent.ModelTrouble(Trouble.PASSING, code));
    }

    private void onModelSilent(String code) {
        onModelTrouble(code);
        end.accept(EndReason.MODEL_SILENT);
    }

    private void observe(CallEvent event) {
        ports.observer().on(event, ports.time().now());
    }
}
