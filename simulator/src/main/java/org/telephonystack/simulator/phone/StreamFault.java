package org.telephonystack.simulator.phone;

/// What a media stream does wrong from its beginning; faults in the middle of a call are methods of [PhoneCall].
public enum StreamFault {
    /// Ten media messages come before `start`.
    MEDIA_BEFORE_START,
    /// `start` comes twice.
    SECOND_START,
    /// Only `connected` comes.
    NO_START,
    /// After `start` comes a message that is no JSON.
    GARBAGE_JSON,
    /// After `start` comes a message of 1 MB.
    HUGE_MESSAGE,
    /// After `start`, media carry another stream's `streamSid`.
    FOREIGN_STREAM_SID,
    /// `start` names another call.
    FOREIGN_CALL_SID,
    /// `start` names another account.
    FOREIGN_ACCOUNT_SID,
    /// After `start` nothing comes.
    NO_MEDIA
}
