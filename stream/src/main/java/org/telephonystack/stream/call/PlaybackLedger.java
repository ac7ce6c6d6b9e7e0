package org.telephonystack.stream.call;

/// What the caller has heard.
public final class PlaybackLedger {

    /// The longest piece of audio sent at once, in base64 characters: 1,599 bytes, just under 200 ms. A multiple of 4, so that
    /// every piece is base64 of its own.
    public static final int PIECE_CHARS = 2_132;

    PlaybackLedger() {}
}
