package org.telephonystack.simulator.script;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One playing of a [ModelScript]: knows how far it is and what the tools returned. Not safe for several threads.
public final class Performance {

    private static final Pattern FIELD = Pattern.compile("\\$\\{([^}]+)}");
    private static final List<ModelStep> FILLER = List.of(ModelStep.say("One moment, please."));
    private static final List<ModelStep> LOST =
            List.of(ModelStep.say("Sorry, could you say that again?"));

    private final ModelScript script;
    private final List<ModelScript.Answer> ahead;
    private final Map<String, String> results = new HashMap<>();
    private final List<String> problems = new ArrayList<>();
    private List<ModelStep> afterTools = List.of();
    private List<ModelStep> newest = List.of();
    private boolean greeted;
    private boolean broken;

    public Performance(ModelScript script) {
        this.script = script;
        this.ahead = new ArrayList<>(script.answers());
    }

    public ModelScript script() {
        return script;
    }

    /// The model speaks first, or is asked to speak without anybody having said anything new: after a lost connection
    /// and after a failed response it says again what was lost.
    public List<ModelStep> onRequest() {
        if (!greeted) {
            return greet();
        }
        return filled(newest.isEmpty() ? LOST : withoutFaults(newest));
    }

    /// @param withResults the tools have returned meanwhile; unless the script answers what was heard, it goes on there
    public List<ModelStep> onCaller(String transcript, boolean withResults) {
        String heard = transcript.toLowerCase(Locale.ROOT);
        for (int i = 0; i < ahead.size(); i++) {
            if (heard.contains(ahead.get(i).hearing())) {
                ModelScript.Answer answer = ahead.get(i);
                ahead.subList(0, i + 1).clear();
                greeted = true;
                return begin(answer.steps());
            }
        }
        if (!greeted) {
            return greet();
        }
        if (withResults) {
            return onToolResults();
        }
        return afterTools.isEmpty() ? LOST : FILLER;
    }

    public List<ModelStep> onToolResults() {
        return begin(afterTools);
    }

    public void toolReturned(String tool, Map<String, String> fields) {
        fields.forEach((field, value) -> results.put(tool + "." + field, value));
    }

    /// What the script expects to hear next.
    public Optional<String> expected() {
        return ahead.isEmpty() ? Optional.empty() : Optional.of(ahead.getFirst().hearing());
    }

    /// The connection was lost through the model's fault: the next one carries on.
    public void breakOff() {
        broken = true;
    }

    public boolean isBroken() {
        return broken;
    }

    public void carryOn() {
        broken = false;
    }

    /// Fields the script wanted that no tool had returned.
    public List<String> problems() {
        return List.copyOf(problems);
    }

    private List<ModelStep> greet() {
        greeted = true;
        return begin(script.opening());
    }

    private List<ModelStep> begin(List<ModelStep> steps) {
        int end = 0;
        while (end < steps.size() && !(steps.get(end) instanceof ModelStep.Call)) {
            end++;
        }
        while (end < steps.size() && steps.get(end) instanceof ModelStep.Call) {
            end++;
        }
        newest = steps.subList(0, end);
        afterTools = steps.subList(end, steps.size());
        return filled(newest);
    }

    private static List<ModelStep> withoutFaults(List<ModelStep> steps) {
        var said = new ArrayList<ModelStep>();
        for (ModelStep step : steps) {
            switch (step) {
                case ModelStep.DropMidAnswer(String text, boolean _) ->
                        said.add(ModelStep.say(text));
                case ModelStep.CutShort(String text) -> said.add(ModelStep.say(text));
                case ModelStep.Say say -> said.add(say);
                case ModelStep.Call call -> said.add(call);
                case ModelStep.Fail _, ModelStep.Stall _, ModelStep.Expire _ -> {}
            }
        }
        return said;
    }

    private List<ModelStep> filled(List<ModelStep> steps) {
        return steps.stream().map(this::filled).toList();
    }

    private ModelStep filled(ModelStep step) {
        return switch (step) {
            case ModelStep.Say(String text) -> new ModelStep.Say(fill(text));
            case ModelStep.CutShort(String text) -> new ModelStep.CutShort(fill(text));
            case ModelStep.DropMidAnswer(String text, boolean stayAway) ->
                    new ModelStep.DropMidAnswer(fill(text), stayAway);
            case ModelStep.Call(String tool, Map<String, String> arguments) -> {
                var values = new HashMap<String, String>();
                arguments.forEach((name, value) -> values.put(name, fill(value)));
                yield new ModelStep.Call(tool, values);
            }
            case ModelStep.Fail _, ModelStep.Stall _, ModelStep.Expire _ -> step;
        };
    }

    private String fill(String text) {
        return FIELD.matcher(text)
                .replaceAll(field -> {
                    String value = results.get(field.group(1));
                    if (value == null) {
                        problems.add(field.group() + " was never returned");
                        return "";
                    }
                    return Matcher.quoteReplacement(value);
                });
    }
}
