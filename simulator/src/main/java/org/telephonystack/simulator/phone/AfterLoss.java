package org.telephonystack.simulator.phone;

/// What the network does when a stream's connection breaks without a close; what the real one does is not documented.
public enum AfterLoss {
    /// As after a close: the action URL of `<Connect>` is requested.
    ASK_ACTION,
    /// Nothing: the caller hears silence until somebody redirects the call.
    NOTHING
}
