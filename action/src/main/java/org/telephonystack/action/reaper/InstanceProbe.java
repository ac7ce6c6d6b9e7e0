package org.telephonystack.action.reaper;

import java.util.concurrent.CompletionStage;

/// Port: asks a process itself. Never fails.
@FunctionalInterface
public interface InstanceProbe {

    CompletionStage<Answer> ask(SilentInstance instance);

    /// What can be known of a process from outside.
    enum Answer {
        /// This very process answered.
        LIVES,
        /// Nothing listens at its address, or another process does.
        GONE,
        /// Nothing was heard in time: it may be dead, cut off, or busy with its calls.
        UNANSWERED
    }
}
