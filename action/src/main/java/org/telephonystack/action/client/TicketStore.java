package org.telephonystack.action.client;

import org.telephonystack.model.PhoneNumber;

import java.util.List;
import java.util.concurrent.CompletionStage;

/// Where support cases are kept. A stage fails when the store cannot be reached.
@FunctionalInterface
public interface TicketStore {

    /// Newest first.
    CompletionStage<List<Ticket>> open(PhoneNumber caller, int atMost);
}
