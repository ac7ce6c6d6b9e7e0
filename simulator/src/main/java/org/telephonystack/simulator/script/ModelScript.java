package org.telephonystack.simulator.script;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// What the model does in one call: how it greets, and how it answers what it hears.
public record ModelScript(List<ModelStep> opening, List<Answer> answers, Set<ModelQuirk> quirks) {

    /// @param hearing words the caller's utterance contains, in lower case; also the transcript of an utterance that
    ///     could not be recognised
    public record Answer(String hearing, List<ModelStep> steps) {

        public Answer {
            steps = List.copyOf(steps);
        }
    }

    public ModelScript {
        opening = List.copyOf(opening);
        answers = List.copyOf(answers);
        quirks = Set.copyOf(quirks);
    }

    public static ModelScript greeting(ModelStep... steps) {
        return new ModelScript(List.of(steps), List.of(), Set.of());
    }

    /// Answers are given in this order, once each; an utterance that fits a later one skips to it.
    public ModelScript onHearing(String words, ModelStep... steps) {
        var more = new ArrayList<>(answers);
        more.add(new Answer(words, List.of(steps)));
        return new ModelScript(opening, more, quirks);
    }

    public ModelScript with(ModelQuirk quirk) {
        var more = EnumSet.of(quirk);
        more.addAll(quirks);
        return new ModelScript(opening, answers, more);
    }

    public boolean has(ModelQuirk quirk) {
        return quirks.contains(quirk);
    }
}
