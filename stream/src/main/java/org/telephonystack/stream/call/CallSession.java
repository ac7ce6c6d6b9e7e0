package org.telephonystack.stream.call;

import org.telephonystack.model.EndReason;

/// One call from Twilio's `start` to its end. Not thread-safe: everything happens on the call's event loop.
public final class CallSession {

    private final CallStart start;
    private final CallPorts ports;
    private final CallSettings settings;

    /// One session per `start` whose ticket holds. Nothing happens before [#begin()].
    public CallSession(CallStart start, CallPorts ports, CallSettings settings) {
        this.start = start;
        this.ports = ports;
        this.settings = settings;
    }

    /// Asks who is calling and for a model, both at once.
    public void begin() {
        ports.observer().on(new CallEvent.Started(start), ports.time().now());
    }

    /// The caller's voice: Twilio's `media.payload` stands in `text` from `from` (inclusive) to `to` (exclusive).
    ///
    /// @param timestampMillis `media.timestamp`: the clock by which playback is measured
    public void onCallerAudio(String text, int from, int to, long timestampMillis) {}

    /// Twilio's `mark`, with the name it came with.
    public void onMark(String name) {}

    /// A key of the caller's telephone. Never logged: it may be part of a secret.
    public void onDtmf(String digit) {}

    /// Twilio's `stop`: the caller hung up, or a redirect took the call away.
    public void onStop() {}

    /// Twilio's socket closed or broke; harmless after [#onStop()].
    public void onCallerGone() {}

    /// Ends the call for a reason that lies outside of it: the pod leaves, the peer speaks garbage.
    public void end(EndReason reason) {
        ports.caller().close(reason);
    }

    /// A defect showed itself while this call was served: it ends, the process goes on.
    public void fail(Throwable bug) {
        ports.observer().on(new CallEvent.Bug(bug), ports.time().now());
        end(EndReason.BUG);
    }

    /// Whether the end has begun: nothing more is sent to anybody.
    public boolean isOver() {
        return settings.toolChain() < 0;
    }
}
