package org.telephonystack.action.reaper;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// Port: what the database knows of stream processes and of the calls they carry.
public interface Instances {

    /// Those that were silent for at least this long and whose calls are open. Fails when the database cannot be asked.
    CompletionStage<List<SilentInstance>> silentFor(Duration atLeast);

    /// Claims open calls of a dead process, each for one claimer, whichever process that is. A claim that led to nothing can
    /// be claimed again after a while.
    ///
    /// @param silentFor checked once more: a process that beats again loses nothing
    CompletionStage<List<OrphanedCall>> claimCallsOf(SilentInstance dead, Duration silentFor);
}
