package org.telephonystack.stream.call;

import java.util.ArrayList;
import java.util.List;

/// What the assistant has to say because we want it said: the fixed line of an emergency, the correction of something untrue.
/// Owed until an answer that knew it was heard, whichever connection gives it.
final class OwedLines {

    /// A model that is corrected so often does not listen.
    private static final int MOST = 8;

    /// Nor does one that says so often that it has not been told.
    private static final int MOST_REMINDERS = 2;

    private final ModelLine model;
    private final ResponseSlot slot;
    private final List<String> lines = new ArrayList<>();
    private final List<String> beingHeard = new ArrayList<>();
    private int known;
    private int reminders;

    OwedLines(ModelLine model, ResponseSlot slot) {
        this.model = model;
        this.slot = slot;
    }

    /// As soon as there can be an answer.
    void add(String note) {
        addToAnswer(note);
        slot.want(VoiceModel.Purpose.WORDS_ONLY);
    }

    /// With an answer that is asked for anyway.
    void addToAnswer(String note) {
        if (lines.size() < MOST) {
            lines.add(note);
        }
        // While no model serves the call, the next one is told with the others.
        if (model.isUp()) {
            model.note(note);
        }
    }

    /// @param knowsNotes whether the model had taken all our notes when this answer began. That we asked for an answer is not
    ///     enough: the model may just have begun one by itself
    void onCreated(boolean knowsNotes) {
        known = knowsNotes ? lines.size() : 0;
    }

    /// Whether the answer under way was begun without knowing all of it.
    boolean isMissing() {
        return known < lines.size();
    }

    /// The answer under way was said to its end. The model is faster than its voice: the caller may have heard little of it.
    void onAnswerComplete() {
        List<String> said = lines.subList(0, known);
        beingHeard.addAll(said);
        said.clear();
        known = 0;
        if (lines.isEmpty()) {
            reminders = 0;
        }
    }

    /// An answer is over, and nothing else is asked for: not before what is owed was said.
    void remind() {
        if (!lines.isEmpty() && reminders < MOST_REMINDERS) {
            reminders++;
            slot.want(VoiceModel.Purpose.WORDS_ONLY);
        }
    }

    /// Nothing that was said is unheard.
    void onHeard() {
        beingHeard.clear();
    }

    /// What was being said was cut off: it is owed again, with the next answer.
    void onCutOff() {
        List<String> again = List.copyOf(beingHeard);
        beingHeard.clear();
        again.forEach(this::addToAnswer);
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    /// Another model serves the call.
    void onBack() {
        known = 0;
        if (!lines.isEmpty()) {
            lines.forEach(model::note);
            slot.want(VoiceModel.Purpose.WORDS_ONLY);
        }
    }
}
