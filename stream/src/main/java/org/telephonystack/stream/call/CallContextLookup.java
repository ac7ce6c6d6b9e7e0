package org.telephonystack.stream.call;

import org.telephonystack.model.EndReason;
import org.telephonystack.stream.call.ModelEvent.ToolRequested;

import java.time.Duration;
import java.util.List;
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

    /// What the earlier streams of a call left behind, besides what was said and done.
    ///
    /// @param end why the newest of them ended, where that is written down
    /// @param lasted how long ago the call began
    /// @param underWay tools that were sent to be carried out and whose answer nobody has seen, of a response that is gone
    record Earlier(Optional<EndReason> end, Duration lasted, List<ToolRequested> underWay) {

        public static final Earlier NOTHING =
                new Earlier(Optional.empty(), Duration.ZERO, List.of());

        public Earlier {
            underWay = List.copyOf(underWay);
        }
    }

    sealed interface Answer {
        record Found(CallContext context, Earlier earlier) implements Answer {

            /// Of a call that begins, or of whose earlier streams nothing is known.
            public Found(CallContext context) {
                this(context, Earlier.NOTHING);
            }
        }

        /// The ticket was used before. Both sockets close before any audio or prompt passes, and nothing is written about
        /// the call: it is somebody else's.
        record Replayed() implements Answer {}
    }
}
