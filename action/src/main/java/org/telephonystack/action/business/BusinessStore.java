package org.telephonystack.action.business;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// Where the business is kept. A stage fails when the store cannot be reached.
public interface BusinessStore {

    /// Empty before the first `business apply`.
    CompletionStage<Optional<Business>> load();

    /// Replaces the business as a whole, or changes nothing. Services and resources that are no longer named are retired,
    /// never deleted: bookings keep pointing at them.
    ///
    /// @param rules numbers that they no longer name are not blocked any more, unless somebody blocked them by command
    CompletionStage<Void> apply(Business business, AdmissionRules rules);

    /// Turns nobody away.
    default CompletionStage<Void> apply(Business business) {
        return apply(business, AdmissionRules.NONE);
    }
}
