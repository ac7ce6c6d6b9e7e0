package org.telephonystack.frontdoor.call;

import org.telephonystack.model.call.AfterStream;

import java.util.concurrent.CompletionStage;

/// What frontdoor says to action and asks of it.
public interface ActionGateway {

    /// Tells of a ringing call. Returns at once and never fails: the announcement may be lost.
    void announce(InboundCall call);

    /// Fails, soon, where action does not answer in time or not in a way we understand.
    CompletionStage<AfterStream> afterStream(StreamEnd end);
}
