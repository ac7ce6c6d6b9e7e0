package org.telephonystack.simulator.model;

import org.telephonystack.simulator.script.Performance;

import java.util.Optional;

/// What a session asks of the server it belongs to.
interface Stage {

    /// The scripted caller whose number the instructions name.
    Optional<String> callerIn(String instructions);

    /// The playing this connection takes part in: a new one, or the one an earlier connection of this caller lost.
    Performance performanceFor(Optional<String> caller);

    /// Whether connections that name this caller are reset.
    boolean isAway(Optional<String> caller);

    void stayAway(Optional<String> caller);

    boolean refusesSessionUpdate(Optional<String> caller);

    byte[] speak(String text);

    Optional<String> understand(byte[] audio);
}
