package org.telephonystack.action.followup;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// Port: what callers left for people to do, oldest first, and that it was done.
public interface ToDo {

    /// What a caller left.
    enum Kind {
        /// What the assistant noted.
        MESSAGE,
        /// A support case that is open.
        TICKET,
        /// What was said after the tone.
        VOICEMAIL
    }

    /// @param id names it in [#done]
    /// @param what the message, the subject, or where the sound is
    record Item(String id, Instant at, Optional<String> caller, String what) {

        /// All of it is personal.
        @Override
        public String toString() {
            return "Item " + id;
        }
    }

    CompletionStage<List<Item>> open(Kind kind);

    /// @return false where there is none of that name that waits
    CompletionStage<Boolean> done(Kind kind, String id);
}
