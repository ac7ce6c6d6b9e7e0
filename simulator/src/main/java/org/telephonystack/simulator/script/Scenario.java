package org.telephonystack.simulator.script;

import java.util.List;

/// A call with a name: who calls, what is said on both sides. Several callers of one scenario call at the same time.
///
/// @param description one sentence, for the list of scenarios
public record Scenario(String name, String description, List<Part> parts) {

    /// One caller's side of it, and the model's answer to this caller.
    ///
    /// @param number the caller's, E.164
    public record Part(String number, List<CallerStep> caller, ModelScript model) {

        public Part {
            caller = List.copyOf(caller);
        }
    }

    public Scenario {
        parts = List.copyOf(parts);
    }
}
