package org.telephonystack.action.recovery;

import org.telephonystack.model.CallSid;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/// Port: what the provider has on its own books about a call.
public interface CallRecords {

    /// Never fails: every end is a result.
    CompletionStage<Found> find(CallSid callSid);

    /// What callers said after the tone of this call. Never fails: every end is a result.
    CompletionStage<Recordings> recordingsOf(CallSid callSid);

    /// What asking for recordings came to.
    sealed interface Recordings {

        /// @param all that there are, finished or not
        record Known(List<Recording> all) implements Recordings {}

        record Unavailable(String why) implements Recordings {}
    }

    /// @param status Twilio's word: `processing`, `completed`, `absent`
    record Recording(String sid, String status, String seconds) {

        private static final Set<String> OVER = Set.of("completed", "absent", "failed");

        public boolean isOver() {
            return OVER.contains(status);
        }
    }

    /// What asking came to.
    sealed interface Found {

        /// @param status Twilio's word
        /// @param endedAt where it is over
        record Call(
                String status,
                Optional<String> from,
                Optional<String> to,
                Optional<String> direction,
                Optional<String> durationSeconds,
                Optional<Instant> endedAt)
                implements Found {

            /// Numbers are personal.
            @Override
            public String toString() {
                return "Call " + status;
            }
        }

        record NoSuchCall() implements Found {}

        record Unavailable(String why) implements Found {}
    }
}
