package org.telephonystack.stream.call;

import org.telephonystack.stream.call.PlaybackLedger.Unheard;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The assistant's voice on its way to the caller: cut into pieces, marked, and thrown away when the caller interrupts.
final class AssistantVoice {

    /// Stands for a recorded sentence: no item of the model's conversation.
    private static final String CLIP = "\0clip";

    private final CallerLeg caller;
    private final PlaybackLedger ledger = new PlaybackLedger();
    private final Set<String> discardedResponses = new HashSet<>();
    private final Set<String> strangers = new HashSet<>();

    AssistantVoice(CallerLeg caller) {
        this.caller = caller;
    }

    /// @return false for audio of an interrupted answer, which is dropped
    boolean play(String responseId, String itemId, String text, int from, int to) {
        if (isDiscarded(responseId)) {
            return false;
        }
        for (int at = from; at < to; at += PlaybackLedger.PIECE_CHARS) {
            int end = Math.min(at + PlaybackLedger.PIECE_CHARS, to);
            int bytes = Base64Audio.bytes(text, at, end);
            if (ledger.isMarkDueBefore(bytes)) {
                caller.mark(ledger.nextMark());
            }
            caller.audio(text, at, end);
            ledger.sent(itemId, bytes);
            if (ledger.isMarkDue()) {
                caller.mark(ledger.nextMark());
            }
        }
        return true;
    }

    /// A recorded sentence, in the assistant's place.
    void playClip(String sound) {
        play(CLIP, CLIP, sound, 0, sound.length());
        itemDone(CLIP);
    }

    /// The model that said what is playing is gone: nothing more of it will come, and the next model knows none of its items.
    ///
    /// @return what the caller is still listening to
    List<Unheard> connectionLost() {
        discardedResponses.clear();
        ledger.allDone();
        markTheEnd();
        List<Unheard> playing = ledger.playing();
        playing.forEach(item -> strangers.add(item.itemId()));
        return playing;
    }

    /// Whether the model can be told how much of this item was heard.
    boolean isOfThisModel(String itemId) {
        return !itemId.equals(CLIP) && !strangers.contains(itemId);
    }

    void itemDone(String itemId) {
        ledger.done(itemId);
        markTheEnd();
    }

    /// Whatever was sent gets a mark behind it, so that its end is heard of.
    private void markTheEnd() {
        if (ledger.hasUnmarked()) {
            caller.mark(ledger.nextMark());
        }
    }

    /// Nothing more of this answer is played, should more of it arrive.
    void discard(String responseId) {
        discardedResponses.add(responseId);
    }

    boolean isDiscarded(String responseId) {
        return !discardedResponses.isEmpty() && discardedResponses.contains(responseId);
    }

    void responseDone(String responseId) {
        discardedResponses.remove(responseId);
        ledger.allDone();
        markTheEnd();
    }

    /// @return whether everything counts as heard with that, though nobody said so
    boolean onTimestamp(long timestampMillis) {
        return ledger.onTimestamp(timestampMillis);
    }

    boolean onMark(String name) {
        return ledger.onMark(name);
    }

    /// Whether something of the model's was heard, of what is not written down yet.
    boolean isHeardSpeaking() {
        return ledger.isHeardBut(CLIP);
    }

    /// What the caller hears before the item that was begun last.
    long millisBeforeNewest() {
        return ledger.millisBeforeNewest();
    }

    List<Unheard> takeHeard() {
        return ledger.takeHeard();
    }

    boolean isPlaying() {
        return ledger.isPlaying();
    }

    /// Since the caller last interrupted.
    long sentMillis() {
        return ledger.sentMillis();
    }

    long unheardMillis() {
        return ledger.unheardMillis();
    }

    /// Silence, now. `clear` goes first, because it is what the caller notices.
    List<Unheard> interrupt() {
        if (ledger.isPlaying()) {
            caller.clear();
        }
        return ledger.interrupt();
    }

    /// What was heard when the line went dead; nothing is sent.
    List<Unheard> stop() {
        return ledger.interrupt();
    }
}
