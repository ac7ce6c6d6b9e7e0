package org.telephonystack.stream.call;

import org.telephonystack.stream.call.VoiceModel.Purpose;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// The break between two models: what was under way is remembered, and the next one is asked for what the caller is owed.
final class ModelChange {

    /// After a break in which the caller spoke: by then they are heard again, or they have said what they had to say.
    private static final Duration STILL_SPEAKING = Duration.ofSeconds(1);

    private final Talk talk;
    private final Answers answers;
    private final BooleanSupplier callerSpeaks;
    private Optional<String> firstWords = Optional.empty();
    private Outage outage = Outage.NONE;

    /// What the caller said into the last break was not asked for yet.
    private boolean wordsUnanswered;

    private CallTime.Timer stillSpeaking = () -> {};

    ModelChange(Talk talk, Answers answers, BooleanSupplier callerSpeaks) {
        this.talk = talk;
        this.answers = answers;
        this.callerSpeaks = callerSpeaks;
    }

    /// @param instead of a greeting
    void sayFirst(String instead) {
        firstWords = Optional.of(instead);
    }

    boolean isGreeting() {
        return firstWords.isEmpty();
    }

    void askForFirstWords() {
        firstWords.ifPresent(talk.model()::note);
        talk.slot().want(Purpose.GREETING);
    }

    /// No model serves the call. What is on its way to the caller is heard all the same.
    ///
    /// @param callerSpoke into the connection that is gone
    /// @param unnoticed for a while: what the caller said meanwhile is not known to anybody
    void onDown(boolean callerSpoke, boolean unnoticed) {
        boolean wasUnanswered = wordsUnanswered && !answers.hasBegun();
        wordsUnanswered = false;
        stillSpeaking.cancel();
        boolean brokeOff = answers.connectionLost();
        if (!talk.greeting().isOver()) {
            talk.greeting().callerSpeaks(false);
        }
        talk.errands().connectionLost();
        boolean wordsLost =
                talk.transcript().connectionLost(talk.voice().connectionLost(), talk.truth()::said);
        if (talk.errands().isIdle()) {
            talk.truth().judge(talk.lines()::addToAnswer);
        }
        Optional<Purpose> owed = talk.slot().suspend();
        boolean hasSpoken =
                callerSpoke
                        || (wasUnanswered && owed.isEmpty())
                        || (unnoticed && mayHaveSpoken(owed));
        outage = new Outage(owed, brokeOff, hasSpoken, wordsLost);
        talk.silence().disturbed();
        if (outage.isSilenceOwed() || !talk.errands().isIdle()) {
            talk.deadAir().begin();
        }
    }

    /// Another model serves the call and has read what was said. It is asked for what the caller is owed, and for nothing else.
    ///
    /// @param soundLost some of the caller's reached nobody
    void onBack(boolean soundLost) {
        if (!talk.greeting().isSent()) {
            askForFirstWords();
        } else if (outage.callerSpoke() || (soundLost && mayHaveSpoken(outage.owed()))) {
            // If they still speak, or are heard in the sound that was kept, the model says so.
            wordsUnanswered = true;
            stillSpeaking = talk.timers().after(STILL_SPEAKING, this::onNothingHeard);
        } else {
            outage.explanation().ifPresent(talk.model()::note);
            outage.owed().ifPresent(talk.slot()::want);
        }
        talk.errands().tellNextModel();
        if (talk.farewell().isToBeSaid()) {
            boolean isPromised = talk.farewell().promised().isPresent();
            talk.sayNext(isPromised ? Outage.ANNOUNCE : Outage.SAY_GOODBYE);
        }
        talk.lines().onBack();
        talk.slot().resume();
    }

    /// Whoever waits for an answer, or still listens to one, has hardly said anything.
    private boolean mayHaveSpoken(Optional<Purpose> owed) {
        return owed.isEmpty() && !talk.voice().isPlaying();
    }

    private void onNothingHeard() {
        wordsUnanswered = false;
        if (!callerSpeaks.getAsBoolean() && talk.slot().isQuiet() && talk.errands().isIdle()) {
            talk.model().note(Outage.WORDS_LOST);
            talk.slot().want(Purpose.ANSWER);
        }
    }
}
