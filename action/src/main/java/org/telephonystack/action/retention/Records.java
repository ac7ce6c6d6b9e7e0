package org.telephonystack.action.retention;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/// Port: what people said, and what was written about it.
@FunctionalInterface
public interface Records {

    /// Deletes what is older, and the numbers in what stays: how calls ended, how callers felt and what it cost.
    ///
    /// @param unhandledAge of messages that nobody has handled
    /// @return how many lines of conversations went
    CompletionStage<Integer> deleteOlderThan(Duration age, Duration unhandledAge);
}
