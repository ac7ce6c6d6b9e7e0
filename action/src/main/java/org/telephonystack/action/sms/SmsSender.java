package org.telephonystack.action.sms;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// Port: hands a text to the provider. No method ever repeats a send by itself: the provider has no idempotency key, and a
/// second text is worse than a late one.
public interface SmsSender {

    /// Never fails: every end is a result.
    CompletionStage<Result> send(String to, String body);

    /// Whether a text was sent although its answer got lost.
    CompletionStage<Lookup> find(String to, String body, Instant since);

    /// What sending came to.
    sealed interface Result {

        /// The provider took it; it may still not be delivered.
        ///
        /// @param answer the provider's own JSON
        record Accepted(String messageSid, String answer) implements Result {}

        /// It will not be sent, now or later.
        ///
        /// @param code the provider's; 0 where it gave none
        /// @param message the provider's, for a caller of ours, never for logs
        record Refused(int code, Remedy remedy, String message) implements Result {}

        /// Certainly not sent; try again.
        ///
        /// @param after what the provider asked for
        record TryLater(String why, Optional<Duration> after) implements Result {
            /// The provider could not be reached at all.
            public static final String NO_CONNECTION = "no_connection";

            /// The provider does not let us in, nobody at all: a person must act.
            public static final String ACCOUNT = "account";
        }

        /// Sent or not: look it up before any second send.
        record Unknown(String why) implements Result {}
    }

    /// What a refusal asks for.
    enum Remedy {
        /// This text cannot be sent; others may.
        DROP,
        /// The number wants no texts, or cannot take any: remember.
        REMEMBER,
        /// Account, registration or settings: a person must act.
        OPERATOR;

        /// The word in the database.
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// What looking up came to.
    sealed interface Lookup {

        /// @param messageSids of texts with this body, newest first; empty: it was not sent
        record Answered(List<String> messageSids) implements Lookup {}

        record Unavailable(String why) implements Lookup {}
    }
}
