package org.telephonystack.simulator.demo;

import java.util.Arrays;
import java.util.List;

/// What was asked for on the command line.
///
/// @param scenario its name; `books` for the demo, empty for the list of scenarios
/// @param keep leave everything running afterwards
/// @param openAi talk to OpenAI instead of the scripted model
record Options(String scenario, boolean keep, boolean openAi) {

    static final String DEMO = "books";

    /// @param words `demo …` or `call …`
    /// @throws IllegalArgumentException naming the word nobody knows
    static Options parse(String... words) {
        String scenario = words.length > 0 && words[0].equals("call") ? "" : DEMO;
        boolean keep = false;
        boolean openAi = false;
        List<String> rest = Arrays.asList(words).subList(Math.min(1, words.length), words.length);
        for (String word : rest) {
            switch (word) {
                case "--keep" -> keep = true;
                case "--openai" -> openAi = true;
                default -> {
                    if (word.startsWith("-") || !scenario.isEmpty()) {
                        throw new IllegalArgumentException("not understood: " + word);
                    }
                    scenario = word;
                }
            }
        }
        return new Options(scenario, keep, openAi);
    }
}
