package org.telephonystack.frontdoor.call;

import org.telephonystack.model.call.Admission;
import org.telephonystack.model.call.AfterStream;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// What frontdoor says to action and asks of it.
public interface ActionGateway {

    /// Tells of a ringing call. Returns at once and never fails: the announcement may be lost.
    ///
    /// @param turnedAway why it is not connected; empty where it is
    void announce(InboundCall call, Optional<TurnAway> turnedAway);

    /// Fails, soon, where action does not answer in time or not in a way we understand.
    CompletionStage<AfterStream> afterStream(StreamEnd end);

    /// Who may have the assistant now; asked in the background. Fails where action does not answer.
    CompletionStage<Admission> admission();
}
