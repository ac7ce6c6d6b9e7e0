package org.telephonystack.simulator.webhook;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/// What goes wrong with notifications: Twilio promises neither order nor exactly once.
///
/// @param doubled sent twice at the same time, with the same idempotency token
/// @param held every other one of these kinds waits [#HOLD], so that later ones overtake it
/// @param dropped never sent
/// @param delay before each one
public record CallbackFaults(Set<Kind> doubled, Set<Kind> held, Set<Kind> dropped, Duration delay) {

    public static final Duration HOLD = Duration.ofMillis(400);

    /// Who is told what.
    public enum Kind {
        CALL_STATUS,
        STREAM,
        DIAL_LEG,
        RECORDING,
        MESSAGE
    }

    private static final Set<Kind> ALL = Set.copyOf(EnumSet.allOf(Kind.class));

    public CallbackFaults {
        doubled = Set.copyOf(doubled);
        held = Set.copyOf(held);
        dropped = Set.copyOf(dropped);
    }

    public static CallbackFaults none() {
        return new CallbackFaults(Set.of(), Set.of(), Set.of(), Duration.ZERO);
    }

    public static CallbackFaults doubledAndReordered() {
        return new CallbackFaults(ALL, ALL, Set.of(), Duration.ZERO);
    }

    public static CallbackFaults everyOneDoubled() {
        return new CallbackFaults(ALL, Set.of(), Set.of(), Duration.ZERO);
    }

    public CallbackFaults dropping(Kind... kinds) {
        return new CallbackFaults(doubled, held, Set.of(kinds), delay);
    }

    public CallbackFaults delayed(Duration by) {
        return new CallbackFaults(doubled, held, dropped, by);
    }
}
