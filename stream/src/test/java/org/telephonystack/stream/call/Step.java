package org.telephonystack.stream.call;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// One thing that happens in a simulated call. What does not fit the moment is left out, so that any selection of a history
/// is a history again.
///
/// @param dice decides the details
record Step(Kind kind, int dice) {

    enum Kind {
        LOOKUP_ANSWERS(2),
        MODEL_IS_READY(4),
        MODEL_READS(16),
        MODEL_SPEAKS(18),
        MODEL_ENDS_ITEM(4),
        MODEL_WANTS_TOOL(6),
        MODEL_ENDS_RESPONSE(7),
        MODEL_IS_HEARD(30),
        MODEL_MISBEHAVES(1),
        MODEL_GOES(1),
        CALLER_STARTS_OR_STOPS(7),
        CALLER_SENDS_SOUND(6),
        CALLER_PRESSES_KEY(1),
        TELEPHONE_RETURNS_MARK(14),
        TELEPHONE_MISBEHAVES(1),
        TOOL_ANSWERS(4),
        PROCESS_LEAVES(1),
        MOMENT_PASSES(12),
        SECONDS_PASS(3);

        private final int weight;

        Kind(int weight) {
            this.weight = weight;
        }
    }

    private static final List<Kind> WEIGHTED = weighted();

    /// The history of a seed: always the same. Four of five calls open as calls should, to get further.
    static List<Step> history(long seed, int length) {
        var random = new Random(seed);
        var steps = new ArrayList<Step>();
        if (random.nextInt(5) > 0) {
            steps.add(new Step(Kind.LOOKUP_ANSWERS, 2));
            steps.add(new Step(Kind.MODEL_READS, 0));
            steps.add(new Step(Kind.MODEL_IS_READY, 0));
            steps.add(new Step(Kind.MODEL_IS_HEARD, 0));
            steps.add(new Step(Kind.MODEL_READS, 0));
        }
        while (steps.size() < length) {
            steps.add(
                    new Step(
                            WEIGHTED.get(random.nextInt(WEIGHTED.size())),
                            random.nextInt(Integer.MAX_VALUE)));
        }
        return steps;
    }

    private static List<Kind> weighted() {
        var kinds = new ArrayList<Kind>();
        for (Kind kind : Kind.values()) {
            for (int i = 0; i < kind.weight; i++) {
                kinds.add(kind);
            }
        }
        return kinds;
    }
}
