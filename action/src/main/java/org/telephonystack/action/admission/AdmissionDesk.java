package org.telephonystack.action.admission;

import org.telephonystack.action.admission.AdmissionStore.Today;
import org.telephonystack.model.PhoneNumber;
import org.telephonystack.model.call.Admission;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/// Answers frontdoor's question, which comes every few seconds from every pod: places are looked up each time, what changes
/// slowly is kept for a while.
public final class AdmissionDesk {

    private final AdmissionStore store;
    private final Supplier<CompletionStage<Optional<PhoneNumber>>> human;
    private final Limits limits;
    private final InstantSource clock;
    private volatile Optional<Kept> kept = Optional.empty();

    private record Kept(Today today, Instant until) {}

    /// @param perBusiness minutes with the model a day, all callers together
    /// @param perCaller of one number
    /// @param keep how long minutes and blocked callers are not looked up again
    public record Limits(
            Optional<Duration> perBusiness, Optional<Duration> perCaller, Duration keep) {}

    /// @param human a person who is there now
    public AdmissionDesk(
            AdmissionStore store,
            Supplier<CompletionStage<Optional<PhoneNumber>>> human,
            Limits limits,
            InstantSource clock) {
        this.store = store;
        this.human = human;
        this.limits = limits;
        this.clock = clock;
    }

    /// Fails when the database cannot be asked: frontdoor then assumes that there is room.
    public CompletionStage<Admission> now() {
        return store.freePlaces()
                .thenCombine(today(), Partial::new)
                .thenCombine(
                        human.get(),
                        (known, person) ->
                                new Admission(
                                        known.free(),
                                        known.today().businessAtLimit(),
                                        known.today().callersAtLimit(),
                                        known.today().blocked(),
                                        person));
    }

    private record Partial(Optional<Integer> free, Today today) {}

    private CompletionStage<Today> today() {
        Instant now = clock.instant();
        Optional<Kept> known = kept.filter(it -> now.isBefore(it.until()));
        if (known.isPresent()) {
            return CompletableFuture.completedStage(known.get().today());
        }
        return store.today(limits.perBusiness(), limits.perCaller())
                .thenApply(today -> {
                    kept = Optional.of(new Kept(today, now.plus(limits.keep())));
                    return today;
                });
    }
}
