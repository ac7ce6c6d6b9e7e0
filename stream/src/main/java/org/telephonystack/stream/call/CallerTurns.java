package org.telephonystack.stream.call;

import org.telephonystack.stream.call.ModelBrief.Spoken;
import org.telephonystack.stream.call.PlaybackLedger.Unheard;
import org.telephonystack.stream.call.VoiceModel.Purpose;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The caller's side of a conversation: what they say and press, and the assistant falling silent for it.
final class CallerTurns {

    /// Keys come one by one; an answer is due when no further one follows.
    private static final Duration AFTER_LAST_KEY = Duration.ofSeconds(2);

    private final Talk talk;
    private final Runnable onEmergencyHeard;
    private final Runnable onWords;

    private boolean speaks;
    private boolean emergency;
    private Optional<String> owedLine = Optional.empty();
    private CallTime.Timer keys = () -> {};
    private boolean pressesKeys;

    /// @param onEmergencyHeard an answer is under way that knows nothing of the emergency
    /// @param onWords one more thing the caller said is written down
    CallerTurns(Talk talk, Runnable onEmergencyHeard, Runnable onWords) {
        this.talk = talk;
        this.onEmergencyHeard = onEmergencyHeard;
        this.onWords = onWords;
    }

    boolean isSpeaking() {
        return speaks;
    }

    /// Whether a further key may follow, and no answer was asked for yet.
    boolean isPressingKeys() {
        return pressesKeys;
    }

    /// What was said on earlier streams of the call.
    void goesOn(List<Spoken> soFar) {
        var earlier = EarlierEmergency.in(soFar, talk.ports().emergencies());
        emergency = earlier.isHeard();
        owedLine = earlier.owed();
    }

    /// The model is about to be asked for its first words.
    void onFirstWords() {
        owedLine.map(CallerTurns::fixedLine).ifPresent(talk.lines()::addToAnswer);
    }

    /// Nobody listens any more: when they stop will not be heard.
    ///
    /// @return whether they spoke
    boolean connectionLost() {
        boolean spoke = speaks;
        speaks = false;
        return spoke;
    }

    void onDtmf(String digit) {
        String pressed = "The caller pressed the key " + digit + " on the telephone's keypad.";
        talk.transcript().fact(pressed);
        talk.model().note(pressed);
        talk.silence().callerIsThere();
        talk.farewell().callOff();
        pressesKeys = true;
        keys.cancel();
        keys = talk.timers().after(AFTER_LAST_KEY, this::onLastKey);
    }

    private void onLastKey() {
        pressesKeys = false;
        if (talk.slot().isQuiet()) {
            talk.turn().begin();
        }
        // An answer that is under way knows nothing of the key yet: one more follows it.
        talk.slot().want(Purpose.ANSWER);
    }

    void onSpeechStarted() {
        speaks = true;
        talk.deadAir().end();
        talk.silence().callerIsThere();
        talk.errands().callerStarted();
        if (!talk.greeting().isOver()) {
            talk.greeting().callerSpeaks(true);
            return;
        }
        talk.slot().callerStartedSpeaking();
        talk.model().nothingIsDue();
        talk.farewell().callOff();
        pressesKeys = false;
        keys.cancel();
        boolean isStopped = talk.slot().stopActive();
        boolean isCut = talk.voice().isPlaying();
        List<Unheard> unheard = cutOff(talk.truth()::said);
        if (talk.errands().isIdle()) {
            talk.truth().judge(talk.lines()::addToAnswer);
        }
        if (isCut) {
            talk.observe(
                    new CallEvent.BargedIn(unheard.stream().mapToLong(Unheard::heardMillis).sum()));
        }
        talk.turn().end(isCut || isStopped);
    }

    /// What is playing stops, and the model is told how much of it was heard.
    ///
    /// @param said gets what was heard of a line that was not whole yet
    private List<Unheard> cutOff(Consumer<String> said) {
        List<Unheard> unheard = talk.voice().interrupt();
        if (!unheard.isEmpty()) {
            talk.lines().onCutOff();
        }
        for (Unheard item : unheard) {
            boolean isGrowing = talk.transcript().isGrowing(item.itemId());
            String heard = talk.transcript().interrupted(item);
            if (isGrowing) {
                said.accept(heard);
            }
            if (talk.voice().isOfThisModel(item.itemId())) {
                talk.model().truncate(item.itemId(), item.heardMillis());
            } else if (!heard.isEmpty()) {
                talk.model()
                        .note(
                                "The caller interrupted you, and of what you said last heard only: "
                                        + heard);
            }
        }
        return unheard;
    }

    /// What is being said is not true: judged already, and put right at once.
    void cutOffClaim() {
        talk.slot().cancelActive();
        cutOff(_ -> {});
    }

    /// Nothing that the assistant may be saying is more important; the line is ours, not the model's.
    private void onEmergency(String line) {
        emergency = true;
        talk.observe(new CallEvent.EmergencyHeard());
        talk.slot().cancelActive();
        cutOff(talk.truth()::said);
        onEmergencyHeard.run();
        talk.lines().add(fixedLine(line));
    }

    private static String fixedLine(String line) {
        return "The caller may be in an emergency. Before anything else say exactly this, word for word: \""
                + line
                + "\"";
    }

    void onSpeechStopped() {
        speaks = false;
        talk.silence().callerIsThere();
        talk.errands().callerStopped(talk.greeting().isOver());
        talk.deadAir().begin();
        if (talk.greeting().isOver()) {
            talk.turn().begin();
            talk.slot().callerStoppedSpeaking();
            talk.model().callerStopped();
        } else {
            talk.greeting().callerSpeaks(false);
        }
        talk.pulse().watch();
    }

    void onItem(String itemId) {
        talk.transcript().callerItem(itemId);
    }

    void onTranscript(String itemId, String text) {
        talk.transcript().callerWords(itemId, text);
        if (!emergency) {
            talk.ports().emergencies().of(text).ifPresent(this::onEmergency);
        }
        onWords.run();
    }
}
