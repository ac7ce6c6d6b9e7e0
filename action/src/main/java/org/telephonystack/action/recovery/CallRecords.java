package org.telephonystack.action.recovery;

import org.telephonystack.model.CallSid;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// Port: what the provider has on its own books about a call.
public interface CallRecords {

    /// Never fails: every end is a result.
    CompletionStage<Found> find(CallSid callSid);

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
