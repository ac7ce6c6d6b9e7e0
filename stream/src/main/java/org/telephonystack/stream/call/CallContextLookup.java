package org.telephonystack.stream.call;

import org.telephonystack.model.EndReason;

import java.util.Optional;
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
        /// @param earlierEnd of a call that is taken up again: why its newest stream ended, where that is written down
        record Found(CallContext context, Optional<EndReason> earlierEnd) implements Answer {

            /// Of a call whose earlier end is not known, or that has none.
            public Found(CallContext context) {
                this(context, Optional.empty());
            }
        }

        /// The ticket was used before. Both sockets close before any audio or prompt passes, and nothing is written about
        /// the call: it is somebody else's.
        record Replayed() implements Answer {}
    }
}
