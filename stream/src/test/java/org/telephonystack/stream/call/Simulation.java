package org.telephonystack.stream.call;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Plays seed after seed until a rule is broken, and then makes the history that broke it as short as it can be.
final class Simulation {

    static final int STEPS_PER_CALL = 200;

    private Simulation() {}

    /// @return the first failure: the seed, the rule, the shortest history found and everything that passed in it
    static Optional<String> firstFailure(long firstSeed, long steps) {
        long calls = Math.ceilDiv(steps, STEPS_PER_CALL);
        for (long seed = firstSeed; seed < firstSeed + calls; seed++) {
            List<Step> history = Step.history(seed, STEPS_PER_CALL);
            Optional<Foul> foul = SimulatedCall.play(history).foul();
            if (foul.isPresent()) {
                return Optional.of(report(seed, shortened(history, foul.get().rule())));
            }
        }
        return Optional.empty();
    }

    private static String report(long seed, List<Step> history) {
        SimulatedCall.Played played = SimulatedCall.play(history);
        return "seed %d, %s%n%d of %d steps are enough:%n%s"
                .formatted(
                        seed,
                        played.foul().map(Foul::getMessage).orElse(""),
                        history.size(),
                        STEPS_PER_CALL,
                        String.join(System.lineSeparator(), played.log()));
    }

    /// Leaves out ever smaller pieces for as long as the same rule is broken without them.
    private static List<Step> shortened(List<Step> history, String rule) {
        List<Step> shortest = history;
        for (int piece = history.size() / 2; piece >= 1; piece = piece == 1 ? 0 : piece / 2) {
            for (int at = shortest.size() - piece; at >= 0; at -= piece) {
                var without = new ArrayList<>(shortest.subList(0, at));
                without.addAll(
                        shortest.subList(Math.min(at + piece, shortest.size()), shortest.size()));
                if (breaks(without, rule)) {
                    shortest = without;
                }
            }
        }
        return shortest;
    }

    private static boolean breaks(List<Step> history, String rule) {
        return SimulatedCall.play(history)
                .foul()
                .filter(foul -> foul.rule().equals(rule))
                .isPresent();
    }
}
