package org.telephonystack.action.admission;

import org.telephonystack.model.PhoneNumber;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/// Port: what the database knows of places, minutes and callers.
public interface AdmissionStore {

    /// Places of all stream processes that live and stay; empty where none is known to.
    CompletionStage<Optional<Integer>> freePlaces();

    /// @param perBusiness minutes with the model a day, all callers together; empty for no limit
    /// @param perCaller of one number; empty for no limit
    CompletionStage<Today> today(Optional<Duration> perBusiness, Optional<Duration> perCaller);

    /// Since midnight in the business's zone.
    record Today(
            boolean businessAtLimit, Set<PhoneNumber> callersAtLimit, Set<PhoneNumber> blocked) {}

    /// @return whether that is new
    CompletionStage<Boolean> block(PhoneNumber caller, String reason);

    /// @return whether the caller was blocked
    CompletionStage<Boolean> unblock(PhoneNumber caller);
}
