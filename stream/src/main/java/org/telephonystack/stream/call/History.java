package org.telephonystack.stream.call;

import org.telephonystack.stream.call.ModelBrief.Speaker;
import org.telephonystack.stream.call.ModelBrief.Spoken;

import java.util.ArrayList;
import java.util.List;

/// The conversation as text, for a connection that was not there: what was heard, in the order in which it was said, and
/// what tools answered. Bound: its newest parts, because a model reads all of it before it answers.
final class History {

    private static final int MAX_PARTS = 120;

    private record Part(int place, Spoken spoken) {}

    private final List<Part> parts = new ArrayList<>();

    /// What was said on earlier streams of the call.
    void begin(List<Spoken> soFar) {
        for (Spoken spoken : soFar) {
            add(0, spoken.speaker(), spoken.text());
        }
    }

    /// @param place in the order of the conversation; what has the same place keeps its order
    void add(int place, Speaker speaker, String text) {
        int at = parts.size();
        while (at > 0 && parts.get(at - 1).place() > place) {
            at--;
        }
        parts.add(at, new Part(place, new Spoken(speaker, text)));
        if (parts.size() > MAX_PARTS) {
            parts.removeFirst();
        }
    }

    List<Spoken> soFar() {
        return parts.stream().map(Part::spoken).toList();
    }

    History copy() {
        var copy = new History();
        copy.parts.addAll(parts);
        return copy;
    }
}
