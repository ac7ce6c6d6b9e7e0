package org.telephonystack.simulator.script;

/// What a real model service does now and then, for a whole connection.
public enum ModelQuirk {
    /// The transcript of what the caller said comes after the answer to it.
    LATE_TRANSCRIPTION,
    /// The transcript never comes: `…transcription.failed`.
    NO_TRANSCRIPTION,
    /// `response.done` carries `usage: null`.
    NO_USAGE,
    /// Every `session.update` is refused.
    REFUSE_SESSION_UPDATE,
    /// A connection is reset as soon as its `session.update` names the caller.
    STAY_AWAY,
    /// Another connection for the same caller goes on where the last one was: the call was taken up again.
    GOES_ON
}
