package org.telephonystack.stream.call;

import java.util.concurrent.CompletionStage;

/// Who is calling, asked of the database in one round trip that also uses up the stream ticket.
public interface CallContextLookup {

    /// Fails (exceptionally) when the database is away; the call goes on without. There is no need for a deadline of its
    /// own below the pool's: the call waits [CallSettings#lookupLimit()] and no longer, but a late [Answer.Replayed] still
    /// ends it.
    CompletionStage<Answer> lookup(CallStart start);

    /// What this process knows without asking: the business as it was last seen.
    CallContext lastKnown();

    sealed interface Answer {
        record Found(CallContext context) implements Answer {}

        /// The ticket was used before. Both sockets close before any audio or prompt passes, and nothing is written about
        /// the call: it is somebody else's.
        record Replayed() implements Answer {}
    }
}
