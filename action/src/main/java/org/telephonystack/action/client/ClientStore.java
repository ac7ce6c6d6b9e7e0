package org.telephonystack.action.client;

import java.util.List;
import java.util.concurrent.CompletionStage;

/// Where the people are kept. A stage fails when the store cannot be reached.
public interface ClientStore {

    /// All or none: who is known by that number gets the new name, who is not is added.
    CompletionStage<Saved> save(List<Client> clients);

    record Saved(int added, int updated) {}
}
