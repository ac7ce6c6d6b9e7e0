package org.telephonystack.action.business;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;

/// The business as it is now, and the last one seen for the moments in which the store is away: an apology should still be
/// in the right language.
public final class CurrentBusiness {

    private final BusinessStore store;
    private final AtomicReference<Optional<Business>> lastSeen =
            new AtomicReference<>(Optional.empty());

    public CurrentBusiness(BusinessStore store) {
        this.store = store;
    }

    public CompletionStage<Optional<Business>> load() {
        return store.load()
                .thenApply(loaded -> {
                    lastSeen.set(loaded);
                    return loaded;
                });
    }

    public Optional<Business> lastSeen() {
        return lastSeen.get();
    }
}
