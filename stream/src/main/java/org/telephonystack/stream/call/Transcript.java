package org.telephonystack.stream.call;

import org.telephonystack.stream.call.CallJournal.Speaker;
import org.telephonystack.stream.call.CallJournal.Turn;
import org.telephonystack.stream.call.PlaybackLedger.Unheard;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Who said what, in the order of the conversation, as it was heard.
///
/// The caller's words come late, often after the answer to them: their place is kept when they become an item. The
/// assistant's words come early: they are written when they were heard, or cut where the caller interrupted.
final class Transcript {

    private static final class Line {
        final int seq;
        final StringBuilder words = new StringBuilder();
        final Optional<Instant> speechStopped;
        Optional<Instant> firstAudio = Optional.empty();

        Line(int seq, Optional<Instant> speechStopped) {
            this.seq = seq;
            this.speechStopped = speechStopped;
        }
    }

    private record Place(int seq, Instant at) {}

    private final CallJournal journal;
    private final CallTime time;
    private final Map<String, Place> callerItems = new HashMap<>();
    private final Map<String, Line> assistantItems = new HashMap<>();
    private int lastSeq;

    Transcript(CallJournal journal, CallTime time) {
        this.journal = journal;
        this.time = time;
    }

    void callerItem(String itemId) {
        callerItems.computeIfAbsent(itemId, _ -> new Place(++lastSeq, time.now()));
    }

    void callerWords(String itemId, String text) {
        callerItem(itemId);
        Place place = callerItems.remove(itemId);
        if (place != null && !text.isBlank()) {
            journal.turn(
                    new Turn(
                            place.seq(),
                            Speaker.CALLER,
                            text.strip(),
                            0,
                            0,
                            false,
                            Optional.empty(),
                            Optional.empty(),
                            place.at()));
        }
    }

    /// Whether all that the caller said is known.
    boolean isComplete() {
        return callerItems.isEmpty();
    }

    void assistantAudio(String itemId, Optional<Instant> speechStopped) {
        Line line = line(itemId, speechStopped);
        if (line.firstAudio.isEmpty()) {
            line.firstAudio = Optional.of(time.now());
        }
    }

    void assistantWords(String itemId, String words, Optional<Instant> speechStopped) {
        line(itemId, speechStopped).words.append(words);
    }

    void heard(Unheard whole) {
        write(whole, false);
    }

    void interrupted(Unheard cut) {
        write(cut, true);
    }

    private Line line(String itemId, Optional<Instant> speechStopped) {
        return assistantItems.computeIfAbsent(itemId, _ -> new Line(++lastSeq, speechStopped));
    }

    private void write(Unheard item, boolean interrupted) {
        Line line = assistantItems.remove(item.itemId());
        if (line == null) {
            return;
        }
        String text = line.words.toString().strip();
        String heard = interrupted ? cut(text, item) : text;
        if (!heard.isEmpty()) {
            journal.turn(
                    new Turn(
                            line.seq,
                            Speaker.ASSISTANT,
                            heard,
                            item.heardMillis(),
                            item.sentMillis(),
                            interrupted,
                            line.speechStopped,
                            line.firstAudio,
                            time.now()));
        }
    }

    /// As much of the text as was heard of the sound, whole words only. Speech is not even, so this is "about".
    private static String cut(String text, Unheard item) {
        if (item.heardMillis() >= item.sentMillis()) {
            return text;
        }
        int length = (int) (text.length() * item.heardMillis() / item.sentMillis());
        int space = text.lastIndexOf(' ', length);
        return space < 0 ? "" : text.substring(0, space);
    }
}
