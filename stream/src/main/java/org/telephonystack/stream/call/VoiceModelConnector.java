package org.telephonystack.stream.call;

/// Where calls get a voice model from. Today a cold connection; a warm one can be handed out the same way.
@FunctionalInterface
public interface VoiceModelConnector {

    /// Returns at once and connects meanwhile; the outcome arrives at `events` on the call's event loop, never before this
    /// method has returned.
    VoiceModel connect(VoiceModelEvents events);
}
