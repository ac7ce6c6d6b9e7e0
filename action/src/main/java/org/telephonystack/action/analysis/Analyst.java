package org.telephonystack.action.analysis;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/// Port: reads a transcript and says what it was about. Never fails: every end is a result.
public interface Analyst {

    CompletionStage<Result> read(List<Line> transcript);

    /// @param role `caller`, `assistant` or `tool`
    record Line(String role, String said) {

        @Override
        public String toString() {
            return role + ", " + said.length() + " characters";
        }
    }

    /// What was paid for.
    record Tokens(long input, long cached, long output) {
        public static final Tokens NONE = new Tokens(0, 0, 0);
    }

    /// What reading came to.
    sealed interface Result {

        /// @param model that answered
        record Done(CallAnalysis analysis, String model, Tokens tokens) implements Result {}

        /// @param after what the provider asked for, or what makes sense
        /// @param tokens paid for all the same
        record TryLater(String why, Optional<Duration> after, Tokens tokens) implements Result {
            public TryLater(String why, Optional<Duration> after) {
                this(why, after, Tokens.NONE);
            }
        }

        /// Asking again would come to the same.
        ///
        /// @param why a word: `refused`, `incomplete`, `http_400`
        /// @param tokens paid for all the same
        record Unavailable(String why, Tokens tokens) implements Result {
            public Unavailable(String why) {
                this(why, Tokens.NONE);
            }
        }
    }
}
