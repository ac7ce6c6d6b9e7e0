package org.telephonystack.action.afterstream;

import org.telephonystack.model.CallSid;

/// Port: what an operator gets to see.
public interface AfterStreamEvents {

    /// Its caller is connected again.
    ///
    /// @param attempt which stream was lost
    void onConnectedAgain(
            CallSid callSid, int attempt, Takeover.ConnectAgain next, boolean redirected);
}
