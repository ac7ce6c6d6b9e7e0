package org.telephonystack.stream.call;

import org.telephonystack.stream.call.CallJournal.Speaker;
import org.telephonystack.stream.call.CallJournal.Turn;
import org.telephonystack.stream.call.ModelBrief.Spoken;
import org.telephonystack.stream.call.PlaybackLedger.Unheard;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

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
        boolean isWhole;

        Line(int seq, Optional<Instant> speechStopped) {
            this.seq = seq;
            this.speechStopped = speechStopped;
        }
    }

    private static final int REMEMBERED = 50;

    /// Words that are not there by then may never come.
    private static final Duration LATEST_WORDS = Duration.ofSeconds(5);

    private record Place(int seq, Instant at) {}

    private final CallJournal journal;
    private final CallTime time;
    private final Map<String, Place> callerItems = new HashMap<>();
    private final Map<String, Line> assistantItems = new HashMap<>();
    private final History history = new History();
    private final SpeechRate rate = new SpeechRate();

    /// The newest of the caller's items whose words are known.
    private final LinkedHashSet<String> writtenDown = new LinkedHashSet<>();

    private int lastSeq;

    Transcript(CallJournal journal, CallTime time) {
        this.journal = journal;
        this.time = time;
    }

    /// What was said on earlier streams of the call.
    void begin(List<Spoken> soFar) {
        history.begin(soFar);
    }

    /// Something that nobody said and that another connection must know.
    void fact(String text) {
        history.add(lastSeq, ModelBrief.Speaker.NOTE, text);
    }

    /// The conversation until now, with what is being heard at the moment.
    List<Spoken> soFar() {
        History now = history.copy();
        assistantItems.values().stream()
                .filter(line -> line.firstAudio.isPresent() && !line.words.isEmpty())
                .forEach(line ->
                        now.add(
                                line.seq,
                                ModelBrief.Speaker.ASSISTANT,
                                line.words.toString().strip()));
        return now.soFar();
    }

    /// Words that did not become sound never will, and those of the caller that are not written down are lost.
    ///
    /// @param playing what was sent to the caller and is not known to be heard
    /// @param said gets what was spoken of lines that will never be whole
    /// @return whether words of the caller are lost
    boolean connectionLost(List<Unheard> playing, Consumer<String> said) {
        boolean isLost = !callerItems.isEmpty();
        callerItems.clear();
        // Another connection may count its items anew.
        writtenDown.clear();
        assistantItems.values().removeIf(line -> line.firstAudio.isEmpty());
        for (Unheard item : playing) {
            Line line = assistantItems.get(item.itemId());
            if (line != null && !line.isWhole) {
                String spoken = rate.cut(line.words.toString(), item.sentMillis());
                line.words.setLength(0);
                line.words.append(spoken);
                line.isWhole = true;
                said.accept(spoken);
            }
        }
        return isLost;
    }

    void callerItem(String itemId) {
        if (!writtenDown.contains(itemId)) {
            callerItems.computeIfAbsent(itemId, _ -> new Place(++lastSeq, time.now()));
        }
    }

    void callerWords(String itemId, String text) {
        callerItem(itemId);
        Place place = callerItems.remove(itemId);
        remember(itemId);
        if (place != null && !text.isBlank()) {
            history.add(place.seq(), ModelBrief.Speaker.CALLER, text.strip());
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

    /// A server may tell us twice.
    private void remember(String itemId) {
        if (writtenDown.add(itemId) && writtenDown.size() > REMEMBERED) {
            writtenDown.removeFirst();
        }
    }

    /// Whether all that the caller said is known, as far as it ever will be.
    boolean isComplete() {
        Instant late = time.now().minus(LATEST_WORDS);
        return callerItems.values().stream().noneMatch(place -> place.at().isAfter(late));
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

    /// All of its words and its sound have come.
    ///
    /// @return its words, the first time; none where nothing of them was sent to the caller
    String itemDone(String itemId) {
        Line line = assistantItems.get(itemId);
        if (line == null || line.isWhole) {
            return "";
        }
        line.isWhole = true;
        return line.firstAudio.isPresent() ? line.words.toString().strip() : "";
    }

    /// No more sound will come: words that did not become any were not said.
    void answerDone() {
        assistantItems.values().removeIf(line -> line.firstAudio.isEmpty());
    }

    /// Whether more may come of it.
    boolean isGrowing(String itemId) {
        Line line = assistantItems.get(itemId);
        return line != null && !line.isWhole;
    }

    void heard(Unheard whole) {
        write(whole, false);
    }

    /// @return what was heard of it
    String interrupted(Unheard cut) {
        return write(cut, true);
    }

    private Line line(String itemId, Optional<Instant> speechStopped) {
        return assistantItems.computeIfAbsent(itemId, _ -> new Line(++lastSeq, speechStopped));
    }

    private String write(Unheard item, boolean interrupted) {
        Line line = assistantItems.remove(item.itemId());
        if (line == null) {
            return "";
        }
        String words = line.words.toString().strip();
        // The words run ahead of the sound.
        String text = interrupted && !line.isWhole ? rate.cut(words, item.sentMillis()) : words;
        String heard = interrupted ? cut(text, item) : text;
        if (!interrupted) {
            rate.learn(text, item.sentMillis());
        }
        if (!heard.isEmpty()) {
            history.add(line.seq, ModelBrief.Speaker.ASSISTANT, heard);
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
        return heard;
    }

    /// As much of the text as was heard of the sound, whole words only. Speech is not even, so this is "about".
    private static String cut(String text, Unheard item) {
        if (item.heardMillis() >= item.sentMillis()) {
            return text;
        }
        return SpeechRate.wholeWords(
                text, (int) (text.length() * item.heardMillis() / item.sentMillis()));
    }
}
