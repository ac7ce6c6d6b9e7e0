package org.telephonystack.stream.call.twilio;

/// What a handshake *without* a signature is worth. Twilio documents one on every handshake; not every account has been seen
/// to send it. A signature that is there and wrong is refused in each mode.
public enum SignatureMode {
    REQUIRE,
    /// Let in without a word.
    IF_PRESENT,
    /// Let in, logged and counted: for the days in which one finds out.
    LOG_ONLY
}
