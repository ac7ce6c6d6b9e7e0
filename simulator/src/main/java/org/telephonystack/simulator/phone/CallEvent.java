package org.telephonystack.simulator.phone;

import java.util.Locale;

/// Something that happened in a call, as seen from the network.
///
/// @param atMillis since the call was dialled
/// @param text for a person: the words, the URL and status, the mark's name
public record CallEvent(long atMillis, Kind kind, String text) {

    public enum Kind {
        DIALED,
        /// A voice webhook and its answer: `POST <url> → 200`.
        FETCH,
        ANSWERED,
        /// The words of a `<Say>`.
        SAY,
        PLAY,
        PAUSE,
        DIAL,
        RECORD,
        GATHER,
        REDIRECTED,
        STREAM_CONNECTING,
        STREAM_STARTED,
        /// How it ended, see [StreamEnd].
        STREAM_ENDED,
        /// A mark echoed because everything before it was played.
        MARK_PLAYED,
        /// A mark echoed because of `clear`.
        MARK_CLEARED,
        /// With the milliseconds that were thrown away.
        CLEAR,
        ASSISTANT_SPEAKS,
        ASSISTANT_SILENT,
        CALLER_SPEAKS,
        CALLER_SILENT,
        KEY,
        /// What the debugger would show.
        COMPLAINT,
        /// A notification and its answer.
        CALLBACK,
        /// The final status and who ended the call.
        ENDED
    }

    public boolean is(Kind other) {
        return kind == other;
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%7.3f %-17s %s", atMillis / 1000.0, kind, text);
    }
}
