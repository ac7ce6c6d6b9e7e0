package org.telephonystack.simulator.script;

import java.util.Map;

/// One thing the scripted model does. In texts and arguments `${tool.field}` stands for a field of that tool's newest
/// result.
///
/// Steps in a row share a response until the tools are called; what follows comes with the next response, after the
/// results.
public sealed interface ModelStep {

    /// Two of them in a row are two audio items of one response.
    record Say(String text) implements ModelStep {}

    /// Two of them in a row are two calls of one response.
    record Call(String tool, Map<String, String> arguments) implements ModelStep {

        public Call {
            arguments = Map.copyOf(arguments);
        }
    }

    /// Says half of it; then the connection is reset.
    ///
    /// @param stayAway every further connection that names this caller is reset too
    record DropMidAnswer(String text, boolean stayAway) implements ModelStep {}

    /// Says half of it; then the answer ends with status `incomplete` (`max_output_tokens`).
    record CutShort(String text) implements ModelStep {}

    /// No audio: the answer ends with status `failed` and this code.
    record Fail(String code) implements ModelStep {}

    /// Nothing more is sent on this connection, although it stays open.
    record Stall() implements ModelStep {}

    /// Error `session_expired`, then close 1001.
    record Expire() implements ModelStep {}

    static ModelStep say(String text) {
        return new Say(text);
    }

    /// Says the tool's `script` to the letter.
    static ModelStep sayScriptOf(String tool) {
        return new Say("${" + tool + ".script}");
    }

    static ModelStep call(String tool) {
        return new Call(tool, Map.of());
    }

    static ModelStep call(String tool, Map<String, String> arguments) {
        return new Call(tool, arguments);
    }
}
