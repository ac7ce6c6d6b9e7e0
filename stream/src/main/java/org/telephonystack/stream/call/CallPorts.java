package org.telephonystack.stream.call;

import org.telephonystack.stream.emergency.Emergencies;
import org.telephonystack.stream.truth.TruthGate;

import java.util.concurrent.Executor;

/// Everything a call reaches outside of itself.
///
/// @param loop runs tasks on the call's event loop; answers of the other ports may come on any thread
public record CallPorts(
        CallerLeg caller,
        VoiceModelConnector models,
        ModelBrief.Writer briefs,
        CallContextLookup lookup,
        ToolGateway tools,
        CallJournal journal,
        CallObserver observer,
        Clips clips,
        TruthGate truth,
        Emergencies emergencies,
        CallTime time,
        Executor loop) {

    /// The same for what belongs to a call that may be over.
    CallPorts with(Executor loop, CallObserver observer) {
        return new CallPorts(
                caller,
                models,
                briefs,
                lookup,
                tools,
                journal,
                observer,
                clips,
                truth,
                emergencies,
                time,
                loop);
    }
}
