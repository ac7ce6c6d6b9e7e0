package org.telephonystack.frontdoor.call;

import org.telephonystack.model.PhoneNumber;
import org.telephonystack.model.call.Admission;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Decides at once whether a ringing call may have the assistant, from what was learned in the background: waits for nobody.
///
/// Free places and limits of the day are believed as long as they are fresh, else there is room. Who is blocked is believed until
/// something else is heard. Between two pieces of news the calls that were let in count against the places.
public final class Doorkeeper {

    private final InstantSource clock;
    private final Duration freshFor;
    private Admission known = Admission.OPEN;
    private Instant learnedAt = Instant.EPOCH;
    private int letIn;

    /// @param freshFor how long the number of free places counts
    public Doorkeeper(InstantSource clock, Duration freshFor) {
        this.clock = clock;
        this.freshFor = freshFor;
    }

    public synchronized void learn(Admission news) {
        known = news;
        learnedAt = clock.instant();
        letIn = 0;
    }

    /// A call that is not turned away takes a place.
    public synchronized Optional<TurnAway> turnAway(InboundCall call) {
        Optional<PhoneNumber> caller = call.caller();
        if (caller.filter(known.blocked()::contains).isPresent()) {
            return Optional.of(TurnAway.BLOCKED);
        }
        boolean fresh = clock.instant().isBefore(learnedAt.plus(freshFor));
        if (fresh
                && (known.businessAtLimit()
                        || caller.filter(known.callersAtLimit()::contains).isPresent())) {
            return Optional.of(TurnAway.AT_LIMIT);
        }
        if (fresh && known.free().filter(free -> letIn >= free).isPresent()) {
            return Optional.of(TurnAway.FULL);
        }
        letIn++;
        return Optional.empty();
    }

    /// Places that are left; empty where nobody knows.
    public synchronized Optional<Integer> freePlaces() {
        return clock.instant().isBefore(learnedAt.plus(freshFor))
                ? known.free().map(free -> Math.max(0, free - letIn))
                : Optional.empty();
    }

    /// A person who was there when it was last heard.
    public synchronized Optional<PhoneNumber> human() {
        return clock.instant().isBefore(learnedAt.plus(freshFor))
                ? known.human()
                : Optional.empty();
    }
}
