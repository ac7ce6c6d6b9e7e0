package org.telephonystack.stream.call;

import java.util.Optional;

/// Where calls get a voice model from: a cold connection or a warm one, at the endpoint that serves best.
@FunctionalInterface
public interface VoiceModelConnector {

    /// Returns at once and connects meanwhile; the outcome arrives at `events` on the call's event loop, never before this
    /// method has returned, and within seconds: a connection that hangs is reported lost, for the next one to be tried.
    ///
    /// @param failures connections this call has lost, or never got, since the last one that served it: 0 for the first, for
    ///     the next after one that served, and for one that replaces a connection before it expires
    /// @param after the endpoint that failed last; empty for the first connection and for one that replaces another
    VoiceModel connect(VoiceModelEvents events, int failures, Optional<String> after);
}
