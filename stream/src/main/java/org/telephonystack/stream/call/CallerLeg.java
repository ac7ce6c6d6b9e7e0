package org.telephonystack.stream.call;

import org.telephonystack.model.EndReason;

/// The caller's side of a call: Twilio's Media Stream.
///
/// Called on the call's event loop. Nothing blocks or throws: what cannot be sent is dropped, and a leg that broke says so
/// through [CallSession#onCallerGone()]. Messages leave in the order of the calls.
///
/// @see <a href="https://www.twilio.com/docs/voice/media-streams/websocket-messages">Media Streams messages</a> (2026-11)
public interface CallerLeg {

    /// Plays audio behind what is queued already. The base64 of µ-law, 8 kHz, mono stands in `text` from `from` (inclusive)
    /// to `to` (exclusive): a slice, so that it is copied once, into the outgoing frame. At most [PlaybackLedger#PIECE_CHARS].
    void audio(String text, int from, int to);

    /// Asks to hear `name` back once everything before it has been played.
    void mark(String name);

    /// Throws away what is queued and not played. Overtakes audio that our own process still holds back.
    void clear();

    /// Closes the socket; the edge turns the reason into a close code. Nothing is sent afterwards.
    void close(EndReason reason);
}
