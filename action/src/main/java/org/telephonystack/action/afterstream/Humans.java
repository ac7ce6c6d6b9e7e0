package org.telephonystack.action.afterstream;

import org.telephonystack.action.business.Business;
import org.telephonystack.action.business.CurrentBusiness;
import org.telephonystack.model.PhoneNumber;

import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// Whether a person takes calls now: the business has a number for that, and is open.
public final class Humans {

    private final CurrentBusiness business;
    private final Clock clock;

    public Humans(CurrentBusiness business, Clock clock) {
        this.business = business;
        this.clock = clock;
    }

    /// Never fails: nobody is there where that is not known.
    public CompletionStage<Optional<PhoneNumber>> whoIsThere() {
        CompletionStage<Optional<Business>> known =
                business.lastSeen().isPresent()
                        ? CompletableFuture.completedStage(business.lastSeen())
                        : business.load();
        return known.handle((loaded, failure) ->
                failure == null ? loaded.flatMap(this::numberNow) : Optional.empty());
    }

    private Optional<PhoneNumber> numberNow(Business known) {
        return known.hours().isOpenAt(clock.instant().atZone(known.profile().zone()))
                ? known.profile().transferNumber()
                : Optional.empty();
    }
}
