package org.telephonystack.stream.call;

import org.telephonystack.stream.call.ModelEvent.ResponseDone;
import org.telephonystack.stream.call.ModelEvent.Status;
import org.telephonystack.stream.call.ModelEvent.ToolRequested;

import java.util.List;

/// What the assistant says and wants, response by response: sound goes to the caller, words into the transcript, wishes to
/// the [Errands] once the response is complete.
final class Answers {

    /// No response's and no item's name, not even an empty one.
    private static final String NONE = "\0";

    private final Talk talk;
    private final Runnable cutOff;
    private String response = NONE;
    private String speakingItem = NONE;
    private boolean hadAudio;
    private boolean hadWish;
    private boolean cutsShortIfUnaware;

    /// @param cutOff the answer under way is not said any further
    Answers(Talk talk, Runnable cutOff) {
        this.talk = talk;
        this.cutOff = cutOff;
    }

    void onCreated(String responseId) {
        response = responseId;
        hadAudio = false;
        hadWish = false;
        talk.truth().beginSentence();
        // A server may count its items anew in every answer.
        speakingItem = NONE;
        talk.silence().disturbed();
        boolean knowsAll = talk.errands().isModelUpToDate() && talk.model().hasTakenNotes();
        talk.lines().onCreated(talk.model().hasTakenNotes());
        talk.slot().onCreated(responseId, knowsAll);
        talk.pulse().watch();
        if (cutsShortIfUnaware && talk.lines().isMissing()) {
            talk.slot().cancelActive();
        }
        cutsShortIfUnaware = false;
    }

    /// The next answer, where it begins without knowing what we want said, is not worth waiting for.
    void cutShortIfUnaware() {
        cutsShortIfUnaware = true;
    }

    void onAudio(String responseId, String itemId, String text, int from, int to) {
        // What was said beside the conversation is not for the caller.
        if (!responseId.equals(response)
                || !talk.voice().play(responseId, itemId, text, from, to)
                || itemId.equals(speakingItem)) {
            return;
        }
        // Once per item, not per frame.
        speakingItem = itemId;
        if (!hadAudio) {
            hadAudio = true;
            talk.model().speaks();
        }
        talk.slot().onProgress(responseId);
        talk.deadAir().end();
        // It can break off in the middle.
        talk.deadAir().begin();
        talk.transcript().assistantAudio(itemId, talk.turn().began());
        talk.turn().audioSent();
        talk.greeting().onAudioSent();
    }

    void onWords(String responseId, String itemId, String words) {
        // The words of an answer that nobody hears any more were not said.
        if (responseId.equals(response) && !talk.voice().isDiscarded(responseId)) {
            talk.transcript().assistantWords(itemId, words, talk.turn().began());
            if (talk.settings().cutsOffClaims() && talk.errands().isIdle()) {
                talk.truth().judgeSentence(words, this::putRightAtOnce);
            }
        }
    }

    private void putRightAtOnce(String correction) {
        response = NONE;
        cutOff.run();
        talk.lines().add(correction);
    }

    void onItemDone(String itemId) {
        talk.truth().said(talk.transcript().itemDone(itemId));
        talk.voice().itemDone(itemId);
        writeDownWhatWasHeard();
    }

    void onToolRequested(ToolRequested call) {
        if (call.responseId().equals(response)) {
            hadWish = true;
            talk.slot().onProgress(call.responseId());
            talk.errands().onRequested(call);
        }
    }

    void onDone(ResponseDone done) {
        Status status = status(done);
        talk.observe(new CallEvent.ResponseEnded(done.responseId(), status, done.usage()));
        boolean isHeard = !talk.voice().isDiscarded(done.responseId());
        talk.voice().responseDone(done.responseId());
        writeDownWhatWasHeard();
        talk.transcript().answerDone();
        talk.model().nothingIsDue();
        if (status == Status.FAILED_FOR_GOOD) {
            talk.connections().onRefused("response_failed");
            return;
        }
        if (status == Status.COMPLETED && isHeard && done.responseId().equals(response)) {
            talk.lines().onAnswerComplete();
        }
        List<ToolRequested> calls = talk.errands().onResponseDone(done);
        talk.slot().onDone(done.responseId(), status);
        talk.errands().carryOut(calls, hadAudio);
        if (talk.errands().isIdle()) {
            talk.truth().judge(talk.lines()::add);
        }
        if (talk.slot().isQuiet() && talk.errands().isIdle()) {
            talk.lines().remind();
        }
        if (status == Status.COMPLETED) {
            talk.greeting().onAnswerComplete();
            boolean isLast = talk.slot().isQuiet() && talk.errands().isIdle();
            talk.farewell().onAnswerDone(!isLast);
        }
        if (!isHeard && done.responseId().equals(response)) {
            // What still comes of it is not heard either.
            response = NONE;
        }
    }

    /// What is complete and was neither heard nor asked for anything was no answer.
    private Status status(ResponseDone done) {
        boolean isEmpty =
                done.status() == Status.COMPLETED
                        && done.responseId().equals(response)
                        && talk.slot().isAnswering()
                        && !hadAudio
                        && !hadWish;
        return isEmpty ? Status.TEXT_ONLY : done.status();
    }

    /// Whether the connection that serves the call has begun to answer.
    boolean hasBegun() {
        return !response.equals(NONE);
    }

    /// Another connection serves the call from now on, or none.
    ///
    /// @return whether an answer breaks off that the caller has heard the beginning of
    boolean connectionLost() {
        boolean brokeOff = hadAudio && talk.slot().isAnswering();
        response = NONE;
        speakingItem = NONE;
        cutsShortIfUnaware = false;
        return brokeOff;
    }

    private void writeDownWhatWasHeard() {
        talk.voice().takeHeard().forEach(talk.transcript()::heard);
    }
}
