package org.telephonystack.action.reaper;

import java.time.Duration;

/// Port: what an operator gets to see.
public interface ReaperEvents {

    /// Silent in the database, and yet it answers: its calls are left alone.
    void onAliveAfterAll(SilentInstance instance);

    /// Silent in the database, and it does not answer either: its calls are left alone a while longer.
    void onUnanswered(SilentInstance instance);

    /// It is dead, and this many of its calls are redirected now.
    void onDead(SilentInstance instance, int calls);

    /// @param since the last heartbeat of the call's process
    void onRedirect(OrphanedCall call, CallRedirect.Result result, Duration since);

    /// The database could not be asked; nobody is judged until it could be for a while.
    void onBlind(Throwable why);
}
