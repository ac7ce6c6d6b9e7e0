package org.telephonystack.simulator.phone;

/// How a media stream ended.
public enum StreamEnd {
    /// The handshake was not answered with 101, or not at all.
    HANDSHAKE_FAILED,
    /// Our server sent a close.
    SERVER_CLOSED,
    /// The connection broke without a close.
    LOST,
    /// The caller hung up, or REST ended or redirected the call: the stream got its `stop`.
    STOPPED,
    /// The wire was cut on purpose, from this side; the call goes on as after LOST.
    CUT
}
