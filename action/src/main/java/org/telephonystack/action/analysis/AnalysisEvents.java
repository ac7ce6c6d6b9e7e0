package org.telephonystack.action.analysis;

import org.telephonystack.model.CallSid;

import java.time.Instant;

/// Port: what an operator and the call's trace get to see.
@FunctionalInterface
public interface AnalysisEvents {

    /// @param result `done`, `retry`, `unavailable`
    /// @param why a word; empty where nothing went wrong
    void onAnalysis(CallSid callSid, String result, String why, Instant started);
}
