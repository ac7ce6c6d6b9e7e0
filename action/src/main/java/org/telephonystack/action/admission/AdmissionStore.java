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

    /// @param perBusiness minutes with the model a day, all callers together; empty for no limit. The business's own counts
    ///     where it has one
    /// @param perCaller of one number; likewise
    CompletionStage<Today> today(Optional<Duration> perBusiness, Optional<Duration> perCaller);

    /// Since midnight in the business's zone.
    record Today(
            boolean businessAtLimit, Set<PhoneNumber> callersAtLimit, Set<PhoneNumber> blocked) {}

    /// By command, whatever the business file says.
    ///
    /// @return whether that is new
    CompletionStage<Boolean> block(PhoneNumber caller, String reason);

    CompletionStage<Unblocked> unblock(PhoneNumber caller);

    enum Unblocked {
        DONE,
        WAS_NOT_BLOCKED,
        /// The business file blocks the number too: it stays blocked until the file names it no more.
        BLOCKED_BY_FILE
    }

    /// Whether prices are known: without them nothing costs anything, and a limit of cost is without effect.
    CompletionStage<Boolean> knowsPrices();
}
