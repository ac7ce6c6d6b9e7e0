package org.telephonystack.stream.call.openai;

import java.util.concurrent.CompletionStage;

/// A circuit breaker around one endpoint, shared by all calls of the process. Asked on any event loop, never waits.
@FunctionalInterface
public interface Circuit {

    /// Never open.
    Circuit ALWAYS_CLOSED = _ -> true;

    /// @param outcome of the attempt that is about to be made, or of something that just happened; counted when it completes,
    ///     except where it is cancelled: then it says nothing of the endpoint
    /// @return false where the circuit is open: the attempt is not to be made, its outcome counts nothing
    boolean admits(CompletionStage<?> outcome);
}
