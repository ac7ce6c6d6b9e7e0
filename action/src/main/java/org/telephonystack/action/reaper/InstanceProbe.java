package org.telephonystack.action.reaper;

import java.util.concurrent.CompletionStage;

/// Port: asks a process itself. Never fails.
@FunctionalInterface
public interface InstanceProbe {

    /// Whether this very process answers: another one at its address does not count.
    CompletionStage<Boolean> lives(SilentInstance instance);
}
