package org.telephonystack.frontdoor.call;

import org.telephonystack.model.PhoneNumber;
import org.telephonystack.model.call.Admission;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// Decides at once whether a ringing call may have the assistant, from what was learned in the background: waits for nobody.
///
/// Free places and limits of the day are believed as long as they are fresh, else there is room. Who is blocked is believed until
/// something else is heard. The calls that were let in count against the places until the news holds them.
public final class Doorkeeper {

    /// Twilio fetches our answer and opens the stream, whose process then counts it in its next heartbeat.
    private static final Duration COUNTED_AFTER = Duration.ofSeconds(2);

    private final InstantSource clock;
    private final Duration freshFor;
    private Admission known = Admission.OPEN;
    private Instant learnedAt = Instant.EPOCH;
    private final Deque<Instant> letIn = new ArrayDeque<>();

    /// @param freshFor how long the number of free places counts
    public Doorkeeper(InstantSource clock, Duration freshFor) {
        this.clock = clock;
        this.freshFor = freshFor;
    }

    /// As many of the calls that were let in as there are fewer places now are in the news, and those of a while ago, whose
    /// place may be free again.
    public synchronized void learn(Admission news) {
        int fewer =
                known.free().flatMap(before -> news.free().map(after -> before - after)).orElse(0);
        for (int i = 0; i < fewer && !letIn.isEmpty(); i++) {
            letIn.removeFirst();
        }
        known = news;
        learnedAt = clock.instant();
        forgetOldOnes();
    }

    private void forgetOldOnes() {
        Instant old = clock.instant().minus(COUNTED_AFTER);
        letIn.removeIf(at -> !at.isAfter(old));
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
        if (fresh && known.free().filter(free -> letIn.size() >= free).isPresent()) {
            return Optional.of(TurnAway.FULL);
        }
        if (!fresh) {
            forgetOldOnes();
        }
        letIn.add(clock.instant());
        return Optional.empty();
    }

    /// Places that are left; empty where nobody knows.
    public synchronized Optional<Integer> freePlaces() {
        return clock.instant().isBefore(learnedAt.plus(freshFor))
                ? known.free().map(free -> Math.max(0, free - letIn.size()))
                : Optional.empty();
    }

    /// A person who was there when it was last heard.
    public synchronized Optional<PhoneNumber> human() {
        return clock.instant().isBefore(learnedAt.plus(freshFor))
                ? known.human()
                : Optional.empty();
    }
}
