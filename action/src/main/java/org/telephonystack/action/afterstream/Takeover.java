package org.telephonystack.action.afterstream;

import java.util.Locale;

/// Who goes on with a call whose stream has ended.
public sealed interface Takeover {

    /// Another stream does.
    record ConnectAgain(int attempt, Why why) implements Takeover {}

    /// The reaper is just about to redirect the call: whoever asks meanwhile waits.
    record Wait() implements Takeover {}

    /// No stream does, and none ever did: every process that could have taken the call was full.
    record Full() implements Takeover {}

    /// No stream does: what was planned is done, or the caller was lost.
    record Leave() implements Takeover {}

    /// Why a call is connected again.
    enum Why {
        LOST,
        HANDED_OVER,
        /// A process that was leaving answered the handshake.
        REFUSED_WHILE_LEAVING;

        /// Whether it counts among the attempts a call has.
        public boolean costsAnAttempt() {
            return this == LOST;
        }

        /// The word in the database, in metrics and in logs.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
